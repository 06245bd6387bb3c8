/** What is wrong with `SERVICES` or a document it names: file, line and what to write, all at once. */
import { expect } from 'chai';
import { loadGateway } from '../../../src/gateway/load-gateway.ts';
import { ServicesFault } from '../../../src/gateway/declaration/services-fault.ts';
import { TWO_SERVICES, WITH_EVENTS } from '../../support/service-events.ts';
import { ORDERS, SERVICES, writeServices } from './orders.ts';

/** @returns the faults, without the folder */
function faultsOf(services = SERVICES, orders = ORDERS, others: Record<string, string> = {}): string[] {
  const file = writeServices(services, orders, others);
  try {
    loadGateway(file);
  } catch (error) {
    if (!(error instanceof ServicesFault)) throw error;
    return error.faults.map((fault) => fault.replaceAll(file.replace('services.yaml', ''), ''));
  }
  return [];
}

/** The line that begins with a text. */
const line = (text: string, start: string): number =>
  text.split('\n').findIndex((one) => one.trimStart().startsWith(start)) + 1;

/** Each line has nine times the one before. */
const BOMB = Array.from('abcdefgh', (name, index) => {
  const item = index === 0 ? 'x' : `*${'abcdefgh'[index - 1]}`;
  return `${name}: &${name} [${Array(9).fill(item).join(', ')}]`;
}).join('\n');

describe('a fault of SERVICES', () => {
  const cases: [string, string, RegExp][] = [
    [
      'a member that is not known',
      SERVICES.replace('prefix:', 'prefx: /x\n    prefix:'),
      /^services\.yaml:10: services\.orders\.prefx is not known here$/,
    ],
    ['a missing prefix', SERVICES.replace('    prefix: /orders\n', ''), /services\.orders lacks prefix/],
    [
      'an address with a password',
      SERVICES.replace('http://', 'http://a:b@'),
      /must be an http or https URL/,
    ],
    ['a time without a unit', SERVICES.replace('2m', "'2'"), /timeout must be a time such as 500ms/],
    [
      'a time longer than timers take',
      SERVICES.replace('2m', '99999m'),
      /timeout must be a time .* at most 9999m/,
    ],
    ['a port that there is not', SERVICES.replace(':4100', ':99999'), /:99999\/ is not a valid URL/],
    ['aliases without an end', `${BOMB}\n${SERVICES}`, /has too many aliases/],
    [
      'an operation for nobody',
      SERVICES.replace("{ apiKey: ['read:orders'], stream", '{ stream'),
      /opens the operation to nobody/,
    ],
    [
      'an idempotency key of a read',
      SERVICES.replace(
        "{ user: ['read:orders'], apiKey: ['read:orders'] }",
        "\n        apiKey: ['read:orders']\n        idempotency: true",
      ),
      /^services\.yaml:15: getOrder is a GET, which has no effect to repeat; remove `idempotency`$/,
    ],
    [
      'a kept answer that is a stream',
      SERVICES.replace('maxBody: 64KiB', 'idempotency: true, stream: true'),
      /^services\.yaml:15: createOrder has a stream as its answer, which cannot be kept; remove `idempotency` or `stream`$/,
    ],
    [
      'an idempotency key of a body that is too long to be read whole',
      SERVICES.replace('maxBody: 64KiB', 'idempotency: true, maxBody: 17MiB'),
      /createOrder reads bodies whole because of `idempotency`; write `maxBody: 16MiB` or less/,
    ],
    [
      'an unknown operation',
      SERVICES.replace('listOrders:', 'listOrdres:'),
      /has no operation listOrdres; it has listOrders, createOrder, getOrder, exportOrders$/,
    ],
    [
      'events without a secret',
      WITH_EVENTS.replace('    secretFile: ./orders.secret\n', ''),
      /^services\.yaml:12: orders has events, but no `secretFile`; name a file/,
    ],
    [
      'a secret without events',
      SERVICES.replace('    operations:', '    secretFile: ./orders.secret\n    operations:'),
      /^services\.yaml:11: orders has a secret, but no `events`/,
    ],
    [
      'an event without words',
      WITH_EVENTS.replace(' An order was shipped', ''),
      /events\.order\.shipped must be string/,
    ],
    [
      'an event with a name of another form',
      WITH_EVENTS.replace('order.shipped', 'OrderShipped'),
      /its member OrderShipped\) must be a type of event such as order\.created/,
    ],
    [
      'an event of ours',
      WITH_EVENTS.replace('order.shipped', 'user.created'),
      /^services\.yaml:13: user\.created: events of `user` are Trivium's own; choose another name$/,
    ],
    [
      'an event of ours, of an operation',
      SERVICES.replace('order.created', 'user.created'),
      /^services\.yaml:\d+: user\.created: events of `user` are Trivium's own; choose another name$/,
    ],
    [
      'an event that could become ours',
      WITH_EVENTS.replace('order.shipped', 'webhook.verification'),
      /events of `webhook` are Trivium's own/,
    ],
    [
      'an event of another service',
      TWO_SERVICES.replace('invoice.paid', 'order.shipped'),
      /^services\.yaml:\d+: order\.shipped is an event of orders, too; choose another name$/,
    ],
    [
      'an event of an operation of another service',
      TWO_SERVICES.replace('invoice.paid', 'order.created'),
      /order\.created is an event of orders, too/,
    ],
    [
      'a scope without words',
      SERVICES.replace('  write:orders: Create and change orders of your organization\n', ''),
      /createOrder needs write:orders, which has no words; say under `scopes` what it allows/,
    ],
    [
      'words for a scope that nothing needs',
      SERVICES.replace('scopes:', 'scopes:\n  read:stars: See stars'),
      /read:stars is needed by no open operation; remove it/,
    ],
    [
      'words for a scope of ours',
      SERVICES.replace('scopes:', 'scopes:\n  read:users: See users'),
      /read:users is a scope of this API/,
    ],
    [
      'a role with a scope that nothing needs',
      SERVICES.replace("['read:orders']\n", "['read:ordres']\n"),
      /role accountant holds read:ordres, which no operation needs/,
    ],
    [
      'a prefix of ours',
      SERVICES.replace('prefix: /orders', 'prefix: /v1/orders'),
      /is a path of this API \(\/v1\)/,
    ],
    [
      'a prefix that will be ours',
      SERVICES.replace('prefix: /orders', 'prefix: /auth'),
      /is a path of this API \(\/auth\)/,
    ],
    [
      'a prefix with a dot segment',
      SERVICES.replace('prefix: /orders', 'prefix: /a/..'),
      /has a dot segment/,
    ],
    [
      'prefixes that overlap',
      `${SERVICES}  more: { contract: orders.openapi.yaml, url: http://x.example, prefix: /orders/more, operations: { getOrder: { user: ['read:orders'] } } }\n`,
      /prefix \/orders\/more and \/orders of orders overlap/,
    ],
    [
      'a service that opens nothing',
      SERVICES.replace(/ {4}operations:[^]*$/, '').replace("roles:\n  accountant: ['read:orders']\n", ''),
      /opens no operation; name some/,
    ],
    [
      'a document that is not there',
      SERVICES.replace('./orders.openapi', './lost.openapi'),
      /lost\.openapi\.yaml: cannot be read \(ENOENT\)/,
    ],
    [
      'a certificate that is not there',
      SERVICES.replace('prefix:', 'ca: ./ca.pem\n    prefix:'),
      /services\.yaml:10: .*ca\.pem cannot be read/,
    ],
    ['a file that is no YAML', 'services: [', /^services\.yaml:\d+: /],
    ['a file of no services', '{}', /the file lacks services/],
  ];
  for (const [what, text, expected] of cases)
    it(`is told with its line: ${what}`, () => {
      const faults = faultsOf(text);
      expect(
        faults.some((fault) => expected.test(fault)),
        faults.join('\n') || 'no fault',
      ).to.equal(true);
    });

  it('is a pattern that cannot be matched in linear time, at each of its places, if it is served', () => {
    const ahead = "'^a(?!b)'";
    const orders = ORDERS.replace('item: { type: string }', `item: { type: string, pattern: ${ahead} }`)
      .replace(
        'region, in: query, schema: { type: string }',
        `region, in: query, schema: { pattern: ${ahead} }`,
      )
      .replace('    Order:\n', "    Order:\n      patternProperties: { '^(x)\\1': {} }\n")
      .replace('  schemas:\n', "  schemas:\n    Unused: { pattern: '(?=c)d' }\n");
    const places = faultsOf(SERVICES, orders);
    expect(places).to.have.length(3);
    expect(places[0]).to.match(
      new RegExp(
        `^orders\\.openapi\\.yaml:${line(orders, '- { name: region')}: the pattern \\^a\\(\\?!b\\) has a lookahead`,
      ),
    );
    expect(places.join('\n'))
      .to.match(/patterns?, with `allOf` and `not`/)
      .and.match(/\\1 has a backreference/);
  });

  it('names the line of what is wrong', () => {
    const text = SERVICES.replace('getOrder:', 'getOrdr:');
    expect(faultsOf(text)).to.have.length(1);
    expect(faultsOf(text)[0]).to.match(new RegExp(`^services\\.yaml:${line(text, 'getOrdr')}: `));
  });

  it('does not hide others', () => {
    const text = SERVICES.replace('getOrder:', 'getOrdr:').replace('prefix: /orders', 'prefix: /oauth');
    expect(faultsOf(text)).to.have.length(2);
  });

  const documents: [string, string, RegExp][] = [
    ['no OpenAPI', 'swagger: "2.0"\n', /must be an OpenAPI document of version 3\.0 or 3\.1/],
    [
      'a reference to another file',
      ORDERS.replace("'#/components/schemas/Status' } }\n", "'other.yaml#/Status' } }\n"),
      /refers to other\.yaml#\/Status; references to other files are not followed/,
    ],
    [
      'two operations of one id',
      ORDERS.replace('operationId: exportOrders', 'operationId: getOrder'),
      /operationId getOrder is used twice/,
    ],
    [
      'a reference to nothing',
      ORDERS.replace(
        "items: { $ref: '#/components/schemas/Status' }",
        "items: { $ref: '#/components/schemas/Lost' }",
      ),
      /orders: listOrders: .*Lost/,
    ],
    ['a document that contains itself', `${ORDERS}x-own: &own { own: *own }\n`, /contains itself/],
    [
      'a parameter that is itself',
      ORDERS.replace('Limit: { name', "Limit: { $ref: '#/components/parameters/Limit', name"),
      /services\.yaml: a document has references in a circle/,
    ],
    [
      'an answer that is nothing',
      ORDERS.replace("'201': { description: Created. }", "'201': null"),
      /services\.yaml: /,
    ],
    [
      'a path without a slash',
      ORDERS.replace('/orders/export:', 'export:'),
      /:14: exportOrders has the path export;/,
    ],
    [
      'parameters without text between them',
      ORDERS.replace('/{order-id}:', '/{order-id}{x}:'),
      /getOrder has the path/,
    ],
    [
      'parameters that have one name without their punctuation',
      ORDERS.replace('/{order-id}:', '/{order-id}/{order_id}:'),
      /getOrder has the path/,
    ],
    [
      'a schema that is none',
      ORDERS.replace('type: integer, minimum', 'type: whole, minimum'),
      /orders: listOrders: /,
    ],
  ];
  for (const [what, text, expected] of documents)
    it(`of a document is told: ${what}`, () => {
      const faults = faultsOf(SERVICES, text);
      expect(
        faults.some((fault) => expected.test(fault)),
        faults.join('\n') || 'no fault',
      ).to.equal(true);
    });

  it('is told of an operation that is opened twice', () => {
    const text = ORDERS.replace(
      'operationId: listOrders',
      "operationId: listOrders\n      x-trivium: { user: ['read:orders'] }",
    );
    expect(faultsOf(SERVICES, text).join()).to.match(
      /listOrders is opened here and in services\.yaml; keep one of both/,
    );
  });
});
