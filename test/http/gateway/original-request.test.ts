import { expect } from 'chai';
import { originalRequest } from '../../../src/http/gateway/original-request.ts';
import { Problem } from '../../../src/problem.ts';

describe('the request that a proxy asks about', () => {
  const asked = (method: string, url: string, headers: Record<string, string> = {}) =>
    originalRequest({ method, url, headers });

  it('has the method of the question where the path is appended', () => {
    expect(asked('DELETE', '/auth/decision/orders/7')).to.include({ method: 'DELETE', url: '/orders/7' });
  });

  const refused: [string, Parameters<typeof asked>][] = [
    ['a caller names another method', ['DELETE', '/auth/decision/orders/7', { 'x-forwarded-method': 'GET' }]],
    ['the proxy does not name the method', ['GET', '/auth/decision', { 'x-original-uri': '/orders/7' }]],
  ];
  for (const [why, question] of refused)
    it(`is malformed when ${why}`, () => {
      expect(() => asked(...question))
        .to.throw(Problem)
        .that.has.property('code', 'malformed_request');
    });
});
