/** Requests that match the path of an open operation, and that the service takes for another one. */
import { expect } from 'chai';
import { createValidators } from '../../../src/contract/validators.ts';
import { loadGateway } from '../../../src/gateway/load-gateway.ts';
import { refuseHiddenSegments } from '../../../src/http/gateway/refuse-hidden-segments.ts';
import type { Context } from '../../../src/http/state.ts';
import { createMatcher } from '../../../src/http/steps/match-operation.ts';
import { Problem } from '../../../src/problem.ts';
import { writeServices } from './orders.ts';

const path = (name: string, operations: string) => `  ${name}:\n${operations}`;
const answered = "responses: { '200': { description: Done. } }";
const operation = (method: string, id: string) => `    ${method}: { operationId: ${id}, ${answered} }\n`;
const DOCUMENT = [
  'openapi: 3.1.0\ninfo: { title: Orders, version: 1.0.0 }\npaths:\n',
  path('/orders/{id}', operation('get', 'getOrder') + operation('delete', 'deleteOrder')),
  path('/orders/export', operation('get', 'exportOrders')),
  path('/orders/totals', `    get: { ${answered} }\n`),
  path('/orders/{id}:cancel', operation('get', 'cancelOrder')),
  path('/orders/{id}_pdf', operation('get', 'printOrder')),
  path('/orders:batch', operation('get', 'batch')),
  path('/{kind}/latest', operation('get', 'latest')),
].join('');
const SERVICES = `scopes: { 'read:orders': See orders }
services:
  orders:
    contract: ./orders.openapi.yaml
    url: http://127.0.0.1:4100
    prefix: /shop
    operations:
      getOrder: &open { apiKey: ['read:orders'] }
      deleteOrder: *open
      batch: *open
      printOrder: *open
`;

describe('a path that several operations of a service match', () => {
  const { contract, operations } = loadGateway(writeServices(SERVICES, DOCUMENT));
  const find = createMatcher(
    { contract, validators: createValidators(contract) },
    { page: [], data: [] },
    () => [],
  );

  function reached(target: string, method = 'GET'): string | undefined {
    const found = find(target, method);
    const declared = found && operations.get(found.description.id);
    if (!declared) return undefined;
    const state = { path: find.parametersOf(target, method) };
    try {
      void refuseHiddenSegments(declared)({ path: target, state } as unknown as Context);
      return declared.operationId;
    } catch (error) {
      if (error instanceof Problem && error.code === 'not_found') return undefined;
      throw error;
    }
  }

  for (const target of [
    '/shop/orders/export',
    '/shop/orders/Export',
    '/shop/orders/%65xport',
    '/shop/orders/export;a=1',
    '/shop/orders/totals',
    '/shop/orders/7:cancel',
    '/shop/orders/7%3Acancel',
    '/shop/orders/..;',
    '/shop/orders/..;a=1',
    '/shop/orders/%2e%2e%3b',
    '/shop/orders/;a',
    '/shop/orders-internal',
  ])
    it(`is not reached where that one is closed: ${target}`, () => {
      expect(reached(target)).to.equal(undefined);
    });

  it('is that of the most specific one', () => {
    expect(reached('/shop/orders/7')).to.equal('getOrder');
    expect(reached('/shop/orders/latest')).to.equal('getOrder');
    expect(reached('/shop/orders/7_pdf')).to.equal('printOrder');
    expect(reached('/shop/orders:batch')).to.equal('batch');
    expect(reached('/shop/orders/7;a=1')).to.equal('getOrder');
  });

  it('is asked for by its method, too', () => {
    expect(reached('/shop/orders/export', 'DELETE')).to.equal('deleteOrder');
    expect(reached('/shop/orders/export', 'HEAD')).to.equal(undefined);
  });
});
