/** `Accept`: which media types a caller takes (RFC 9110 section 12.5.1). */
import { expect } from 'chai';
import { apiKey, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('a caller who accepts', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  const json: [string, number][] = [
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['application/json;charset=UTF-8;q=0.9', 200],
    ['application/json; charset="utf-8"', 200],
    ['application/json; charset', 200],
    ['application/json;version=1', 200],
    ['application/json; profile="a, b; q=0"', 200],
    ['application/json;q=0.5;ext=1', 200],
    ['application/*;charset=utf-8', 200],
    ['*/*; q=0.1', 200],
    ['text/html, application/json; charset=utf-8', 200],
    ['text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', 200],
    ['APPLICATION/JSON', 200],
    ['', 200],
    ['text/csv', 406],
    ['text/csv; charset=utf-8', 406],
    ['application/json; q=0', 406],
    ['application/json; charset=utf-8; q=0', 406],
    ['application/json; charset=utf-8 ; q=0.0, */*', 406],
    ['application/problem+json', 406],
    ['json', 406],
  ];
  for (const [accept, status] of json)
    it(`${JSON.stringify(accept)} gets ${status} of JSON`, async () => {
      const answer = await call('GET', '/v1/me', { as: await apiKey('acme'), headers: { accept } });
      expect(answer.status).to.equal(status);
    });

  const listings: [string, string][] = [
    ['text/plain', 'text/plain'],
    ['text/plain;version=0.0.4', 'text/plain'],
    [
      'application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1',
      'text/plain',
    ],
  ];
  for (const [accept, type] of listings)
    it(`${JSON.stringify(accept)} gets metrics`, async () => {
      const { status, headers } = await call('GET', '/metrics', { headers: { accept } });
      expect([status, headers.get('content-type')?.split(';')[0]]).to.deep.equal([200, type]);
    });

  it('one of two types gets the one that it prefers, whatever parameters it names', async () => {
    for (const [accept, type] of [
      ['application/x-ndjson; charset=utf-8', 'application/x-ndjson'],
      ['application/json; charset=utf-8;q=0.2, application/x-ndjson;charset=utf-8', 'application/x-ndjson'],
      ['application/json;charset=utf-8, application/x-ndjson;q=0.9', 'application/json'],
      ['application/x-ndjson;q=0;charset=utf-8, */*', 'application/json'],
    ] as const) {
      const as = await user('acme');
      const { status, headers } = await call('GET', '/v1/tenant/audit-events', { as, headers: { accept } });
      expect([status, headers.get('content-type')?.split(';')[0]], accept).to.deep.equal([200, type]);
    }
  });
});
