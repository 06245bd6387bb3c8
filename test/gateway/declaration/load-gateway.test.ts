/** The merged contract: what is derived from it follows from the services' documents and the file of `SERVICES`. */
import { expect } from 'chai';
import { loadContract, type Contract, type OperationId } from '../../../src/contract/load-contract.ts';
import { createValidators } from '../../../src/contract/validators.ts';
import { loadGateway } from '../../../src/gateway/load-gateway.ts';
import { WITH_EVENTS } from '../../support/service-events.ts';
import { ORDERS, SERVICES, writeServices } from './orders.ts';

describe('a contract with services', () => {
  const own = loadContract();
  const { contract, operations } = loadGateway(writeServices());
  const described = (id: string, from: Contract = contract) => from.operations.get(id as OperationId)!;

  it('is our own without them', () => {
    expect(loadGateway(undefined).contract.document).to.deep.equal(own.document);
    expect(loadGateway(undefined).operations.size).to.equal(0);
  });

  it('has each open operation below the prefix, with its callers, scopes and event', () => {
    expect(described('orders.listOrders')).to.deep.include({
      method: 'get',
      path: '/orders/orders',
      tag: 'orders',
      service: 'orders',
      event: undefined,
      isForAnyOrigin: false,
    });
    expect([...described('orders.listOrders').security]).to.deep.equal([
      ['user', ['read:orders']],
      ['apiKey', ['read:orders']],
      ['app', ['read:orders']],
    ]);
    expect(described('orders.createOrder')).to.deep.include({ method: 'post', event: 'order.created' });
    expect(described('orders.createOrder').body).to.include({ maxBytes: 65_536, required: true });
    expect(described('orders.getOrder').path).to.equal('/orders/orders/{order_id}');
  });

  it('keeps everything of its own as it is', () => {
    for (const [id, operation] of own.operations) expect(described(id), id).to.deep.equal(operation);
  });

  it('says how each is sent to its service', () => {
    expect(operations.get('orders.exportOrders')).to.deep.include({
      operationId: 'exportOrders',
      method: 'get',
      path: '/orders/export',
      firstByteMs: 120_000,
      idleMs: 500,
      isStream: true,
      isWebSocket: false,
      maxBytes: 1_048_576,
    });
    expect(operations.get('orders.listOrders')?.service).to.deep.include({
      name: 'orders',
      urls: ['http://127.0.0.1:4100'],
      prefix: '/orders',
      stripsPrefix: true,
      concurrency: 100,
      connectMs: 2_000,
    });
  });

  it('has the scopes of services where apps, keys and consent pages look for them', () => {
    expect(contract.appScopes).to.include('read:orders').and.not.include('write:orders');
    expect(contract.scopes).to.include.members(['read:orders', 'write:orders', ...own.scopes]);
    expect(contract.scopeTexts.get('read:orders')).to.equal('See orders of your organization');
  });

  it('has the types of events that services record, in words', () => {
    const { contract, events } = loadGateway(writeServices(WITH_EVENTS));
    const types = { 'order.shipped': 'An order was shipped', 'order.created': 'An order was created' };
    expect(contract.document['x-event-types']).to.deep.equal(types);
    expect(contract.eventTypes).to.include('order.shipped').and.include('user.created');
    expect([...events.get('orders')!]).to.deep.equal(Object.entries(types));
    expect(own.eventTypes).not.to.include('order.shipped');
  });

  it('has roles of the operator’s own, and an admin who holds every scope', () => {
    expect(contract.roles.get('accountant')).to.deep.equal(['read:orders']);
    expect(contract.roles.get('admin')).to.include.members(['read:orders', 'write:orders']);
    expect(contract.roles.get('member')).to.deep.equal(own.roles.get('member'));
    const roleName = createValidators(contract).forSchema('RoleName');
    expect(roleName('accountant')).to.equal(undefined);
    expect(roleName('auditor')).to.have.length(1);
  });

  it('may give scopes of services to a role of ours', () => {
    const services = SERVICES.replace('roles:', "roles:\n  member: ['read:orders']");
    const { roles } = loadGateway(writeServices(services)).contract;
    expect(roles.get('member')).to.deep.equal([...own.roles.get('member')!, 'read:orders']);
  });

  it('checks parameters and bodies of a service by its own schemas', () => {
    const validators = createValidators(contract);
    const list = validators.forOperation(described('orders.listOrders')).parameters;
    expect(list.query({ limit: '7', status: ['open'], region: 'eu' })).to.equal(undefined);
    expect(list.query({ limit: '700' })?.map(({ pointer }) => pointer)).to.deep.equal(['/limit']);
    expect(list.query({ status: ['lost'] })?.map(({ pointer }) => pointer)).to.deep.equal(['/status/0']);
    expect(list.query({ unknown: '1' })).to.have.length(1);
    const { bodies } = validators.forOperation(described('orders.createOrder'));
    expect(bodies.get('application/json')!({ item: 'tea' })).to.equal(undefined);
    expect(bodies.get('application/json')!({})).to.have.length(1);
    const { path } = validators.forOperation(described('orders.getOrder')).parameters;
    expect(path({ order_id: '7' })).to.equal(undefined);
    expect(path({ order_id: 'seven' })).to.have.length(1);
  });

  it('tells all faults of a short body, and the first one of a long body', () => {
    const { bodies } = createValidators(contract).forOperation(described('orders.createOrder'));
    const check = bodies.get('application/json')!;
    expect(check({ item: 7, status: 'x' })).to.have.length(2);
    expect(check({ item: 7, status: 'x', note: 'x'.repeat(3_000) })).to.have.length(1);
  });

  it('tries each pattern on what it is for, in linear time, and refuses what is too much for it', () => {
    const properties = [
      "item: { type: string, pattern: '^(\\w+\\s?)+$' }",
      "code: { type: string, pattern: '^[A-Z]+$' }",
      "end: { type: string, pattern: 'a.{900}$' }",
      'site: { type: string, format: url }',
    ].join(', ');
    const orders = ORDERS.replace('item: { type: string }', () => properties).replace(
      'required: [item]',
      () => "required: [item]\n      patternProperties: { '^(x+x+)+y$': { type: number } }",
    );
    const { contract: merged } = loadGateway(writeServices(undefined, orders));
    const { bodies } = createValidators(merged).forOperation(described('orders.createOrder', merged));
    const check = bodies.get('application/json')!;
    const pointers = (body: object) => check(body)?.map(({ pointer }) => pointer);
    expect(check({ item: 'tea', code: 'TEA', xxy: 1, site: 'https://shop.example/' })).to.equal(undefined);
    expect(pointers({ item: 'tea', code: 'tea' })).to.deep.equal(['/code']);
    expect(pointers({ item: 'tea', xxy: 'x' })).to.deep.equal(['/xxy']);
    expect(pointers({ item: `${'word '.repeat(50_000)}!` })).to.deep.equal(['/item']);
    expect(check({ item: 'tea', [`${'x'.repeat(50_000)}z`]: 'x' })).to.equal(undefined);
    expect(pointers({ item: 'tea', site: `ftp://${'a:b'.repeat(50_000)} ` })).to.deep.equal(['/site']);
    expect(check({ item: 'tea', end: 'b'.repeat(1_000_000) })).to.deep.equal([
      {
        pointer: '',
        code: 'pattern',
        message: 'has more text than its patterns can be tried on; send less at once',
      },
    ]);
    expect(check({ item: 'tea', end: 'a'.repeat(1_000) })).to.equal(undefined);
  });

  it('takes media types of which nothing is said', () => {
    const bytes = ORDERS.replace(
      "'201': { description: Created. }",
      "'201': { description: Created., content: { application/octet-stream: {} } }",
    );
    const { contract: merged } = loadGateway(writeServices(undefined, bytes));
    expect(described('orders.createOrder', merged).answers.get(201)?.schemaPointers.size).to.equal(1);
  });

  it('takes `x-trivium` of a service’s own document, too', () => {
    const extended = `openapi: 3.0.3
info: { title: Stock, version: 1.0.0 }
paths:
  /stock:
    get:
      operationId: listStock
      x-trivium: { apiKey: ['read:stock'] }
      parameters:
        - { name: least, in: query, schema: { type: number, minimum: 0, exclusiveMinimum: true, nullable: true } }
      responses: { '200': { description: Stock. } }
`;
    const services = SERVICES.replace('scopes:', 'scopes:\n  read:stock: See what is in stock').concat(
      '  stock: { contract: stock.yaml, url: [http://127.0.0.1:4101, http://127.0.0.1:4102], prefix: /stock }\n',
    );
    const merged = loadGateway(writeServices(services, undefined, { 'stock.yaml': extended }));
    expect(described('stock.listStock', merged.contract).path).to.equal('/stock/stock');
    const { query } = createValidators(merged.contract).forOperation(
      described('stock.listStock', merged.contract),
    ).parameters;
    expect(query({ least: '0' })).to.have.length(1);
    expect(query({ least: '0.5' })).to.equal(undefined);
  });
});
