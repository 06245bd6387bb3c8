/** Every place of the contract that a date-time comes in at: whatever is none is refused with a pointer, and what is one never fails. */
import { expect } from 'chai';
import { loadContract, type OperationDescription } from '../../src/contract/load-contract.ts';
import { newApiKey } from '../support/api-keys.ts';
import { apiKey, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { strangeInstants } from '../support/instants.ts';
import { aWebhook } from '../support/webhooks.ts';
import { world, WORLD_MS } from '../support/world.ts';

type Json = Record<string, unknown>;
const contract = loadContract();
const at = (pointer: string): Json =>
  pointer
    .split('/')
    .slice(1)
    .reduce<Json>(
      (node, part) => node[part.replaceAll('~1', '/').replaceAll('~0', '~')] as Json,
      contract.document,
    );
const resolved = (schema: Json): Json =>
  typeof schema['$ref'] === 'string' ? resolved(at(schema['$ref'].slice(1))) : schema;
const isInstant = (schema: Json) => resolved(schema)['format'] === 'date-time';

/** Those of this API's callers; the event stream is none. */
const all = [...contract.operations.values()].filter(({ security }) => !security.has('eventStream'));
const queries = all.flatMap((operation) =>
  operation.parameters
    .filter(({ schemaPointer, in: place }) => place === 'query' && isInstant(at(schemaPointer)))
    .map(({ name }) => ({ operation, name })),
);
const bodies = all.flatMap((operation) =>
  [...(operation.body?.schemaPointers ?? [])].flatMap(([type, pointer]) =>
    type === 'application/json'
      ? Object.entries((resolved(at(pointer))['properties'] ?? {}) as Record<string, Json>)
          .filter(([, schema]) => isInstant(schema))
          .map(([name]) => ({ operation, name }))
      : [],
  ),
);

/** What a body needs besides. */
const others: Record<string, Json> = {
  createApiKey: { name: 'X', scopes: ['read:tenant'] },
  adoptUsers: { query: 'email:*@acme.example' },
};

describe('date-times that callers send', () => {
  let whoCalls: (operation: OperationDescription) => Promise<string>;
  let paths: Record<string, string>;
  let hookPath: string;

  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    whoCalls = ({ security }) => (security.has('user') ? user('acme') : operator());
    hookPath = (await aWebhook(await apiKey('acme'), 'https://receiver.example/hook')).path;
    paths = {
      replayWebhook: `${hookPath}/replay`,
      rotateApiKey: `${(await newApiKey('acme')).path}/rotate`,
      startTenantChangeOver: '/v1/tenants/acme/change-over',
      adoptUsers: '/v1/tenants/acme/user-adoptions',
    };
  });
  after(async () => {
    await call('DELETE', hookPath, { as: await apiKey('acme') });
  });

  it('come in where the contract says so, and nowhere else', () => {
    expect(queries.map(({ operation, name }) => `${operation.id} ${name}`)).to.include.members([
      'listUsers created_from',
      'listUsers last_login_before',
      'getUsage from',
      'listAuditEvents before',
      'listAllAuditEvents from',
    ]);
    expect(bodies.map(({ operation, name }) => `${operation.id} ${name}`)).to.have.members([
      'createApiKey expires_at',
      'rotateApiKey expires_at',
      'replayWebhook from',
      'startTenantChangeOver ends_at',
      'adoptUsers created_from',
    ]);
  });

  for (const { operation, name } of queries) {
    it(`${operation.id}: ${name} that is none is 400, with a pointer`, async () => {
      for (const text of strangeInstants) {
        const path = `${operation.path}?${new URLSearchParams({ [name]: text }).toString()}`;
        const { status, body } = await call('GET', path, { as: await whoCalls(operation) });
        expect([text, status, body.code]).to.deep.equal([text, 400, 'invalid_parameter']);
        expect(body.errors[0]).to.include({ in: 'query', pointer: `/${name}`, code: 'format' });
      }
    });

    it(`${operation.id}: ${name} at either end of time is answered, and never with 500`, async () => {
      const ends = ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.001Z', '9999-12-31T23:59:59.999Z'];
      for (const text of [...ends, '2026-01-01t00:00:00.123456789z', '2026-01-01T00:00:00-23:59']) {
        const path = `${operation.path}?${new URLSearchParams({ [name]: text }).toString()}`;
        const { status, body } = await call('GET', path, { as: await whoCalls(operation) });
        expect(status, `${text} ${JSON.stringify(body)}`).to.be.oneOf([200, 202, 400]);
        if (status === 400) expect(body.errors[0].pointer).to.be.oneOf(['/from', '/before']);
      }
    });
  }

  for (const { operation, name } of bodies) {
    it(`${operation.id}: ${name} that is none is refused, with a pointer`, async () => {
      for (const text of strangeInstants) {
        const wanted = { ...others[operation.id], [name]: text };
        const path = paths[operation.id] ?? operation.path;
        const answer = await call('POST', path, { as: await whoCalls(operation), body: wanted });
        expect([text, answer.status, answer.body.code]).to.deep.equal([text, 422, 'invalid_body']);
        expect(answer.body.errors[0]).to.include({ in: 'body', pointer: `/${name}`, code: 'format' });
      }
    });
  }

  it('that end a key are kept and shown in UTC', async () => {
    const key = await newApiKey('acme', { expires_at: '2099-01-01t00:00:00.5+01:00' });
    const { body } = await call('GET', key.path, { as: await user('acme') });
    expect(body.expires_at).to.equal('2098-12-31T23:00:00.500Z');
    expect((await call('GET', '/v1/tenant', { as: key.as })).status).to.equal(200);
  });

  it('let a webhook be told again of everything since the first instant', async () => {
    const as = await apiKey('acme');
    const body = { from: '1970-01-01T00:00:00Z' };
    expect((await call('POST', `${hookPath}/replay`, { as, body })).status).to.equal(202);
    expect((await call('GET', hookPath, { as })).status).to.equal(200);
  });
});
