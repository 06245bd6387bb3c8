/** What takes long and is no stream: uploads, bodies that come slowly, and calls that wait. Whoever is refused meanwhile gets nothing. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Fault } from '../../../src/stand-in/control/control-client.ts';
import { keysOfUploads } from '../../imports/left-behind.ts';
import { slowUpload } from '../../imports/slow-upload.ts';
import { newApiKey, until, type NewKey } from '../../support/api-keys.ts';
import { management } from '../../support/authority.ts';
import { apiKey, user } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { ndjsonOf } from '../../support/imports.ts';
import { world, WORLD_MS } from '../../support/world.ts';

/** For so long a caller is taken to be good without another look. */
const KNOWN_MS = 1_000;

describe('a caller who is refused', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  const revoke = async ({ path }: NewKey) =>
    expect((await call('DELETE', path, { as: await user('acme') })).status).to.equal(204);
  const importsOf = async () =>
    ((await call('GET', '/v1/user-imports', { as: await apiKey('acme') })).body.imports as unknown[]).length;
  const rows = () => Array.from({ length: 1_200 }, () => ({ email: `${randomUUID()}@meanwhile.example` }));

  const uploads: [string, string, Record<string, string>][] = [
    ['an upload', '', {}],
    ['an upload with a key for repeats', '', { 'idempotency-key': randomUUID() }],
    ['a dry run', '?dry_run=true', {}],
  ];
  for (const [what, query, headers] of uploads) {
    it(`while ${what} arrives is told so before its end, and nothing of it is kept`, async () => {
      const before = await importsOf();
      const key = await newApiKey('acme', { scopes: ['create:user_imports', 'create:users'] });
      const sending = await slowUpload(key.as, headers, undefined, query);
      sending.expectCut();
      await sending.write(`${ndjsonOf(rows())}\n`);
      if (query === '') await until(async () => (await keysOfUploads()).length > 0);
      await revoke(key);
      // It is never ended by its sender.
      expect((await sending.answer()).status).to.equal(401);
      await until(async () => (await keysOfUploads()).length === 0);
      expect(await importsOf()).to.equal(before);
    });
  }

  it('before a body has arrived is told so when it has, and nothing is done', async () => {
    const key = await newApiKey('acme', { scopes: ['create:users', 'read:tenant'] });
    const email = `${randomUUID()}@meanwhile.example`;
    const body = JSON.stringify({ email });
    const { hostname, port } = new URL((await world()).api);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/users HTTP/1.1\r\nHost: x\r\nAuthorization: ${key.as}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    // It has been let in, and its body is asked for.
    const [go] = (await once(socket, 'data')) as [Buffer];
    expect(go.toString()).to.match(/^HTTP\/1\.1 100 /);
    await until(async () => (await call('GET', '/v1/tenant', { as: key.as })).status === 200);
    await revoke(key);
    const since = performance.now();
    await until(() => performance.now() > since + 2 * KNOWN_MS);
    socket.write(body);
    let text = '';
    socket.setEncoding('utf8').on('data', (piece: string) => (text += piece));
    await once(socket, 'close');
    expect(text)
      .to.match(/^HTTP\/1\.1 401 /)
      .and.include('invalid_api_key');
    const { data } = await (await management()).users.list({ q: `email:"${email}"` });
    expect(data).to.have.length(0);
  });

  interface Waiting {
    name: string;
    scopes: string[];
    fault: Pick<Fault, 'method' | 'path'>;
    ask: (as: string) => ReturnType<typeof call>;
    status: number;
  }
  const headers = { prefer: 'wait=60' };
  const aUser = async () => {
    const body = { email: `${randomUUID()}@meanwhile.example` };
    const made = await call('POST', '/v1/users', { as: await apiKey('acme'), body });
    return `/v1/users/${encodeURIComponent(made.body.user_id as string)}`;
  };
  const waits: Waiting[] = [
    {
      name: 'a look-up',
      scopes: ['read:users'],
      fault: { method: 'GET', path: '/api/v2/users/{id}' },
      ask: async (as) => call('GET', await aUser(), { as, headers }),
      status: 200,
    },
    {
      name: 'a look-up of nobody',
      scopes: ['read:users'],
      fault: { method: 'GET', path: '/api/v2/users/{id}' },
      ask: (as) => call('GET', `/v1/users/${encodeURIComponent(`auth0|${'0'.repeat(39)}`)}`, { as, headers }),
      status: 404,
    },
    {
      name: 'the deletion of a user',
      scopes: ['delete:users', 'read:tenant'],
      fault: { method: 'GET', path: '/api/v2/users/{id}' },
      ask: async (as) => call('DELETE', await aUser(), { as, headers }),
      status: 204,
    },
    {
      name: 'a new API key',
      scopes: ['manage:api_keys', 'read:tenant'],
      fault: { method: 'POST', path: '/api/v2/clients' },
      ask: (as) =>
        call('POST', '/v1/tenant/api-keys', { as, headers, body: { name: 'x', scopes: ['read:tenant'] } }),
      status: 201,
    },
  ];
  for (const { name, scopes, fault, ask, status } of waits) {
    it(`while it waits for ${name} does not get the outcome; who is not, does`, async () => {
      const { control } = await world();
      for (const isRevoked of [false, true]) {
        const key = await newApiKey('acme', { scopes });
        const { id } = await control.addFault({ ...fault, times: 1, effect: { kind: 'hang' } });
        const asked = ask(key.as);
        const hangs = async () => (await control.faults()).some((one) => one.id === id && one.hits === 1);
        await until(hangs);
        if (isRevoked) await revoke(key);
        const since = performance.now();
        await until(() => performance.now() > since + 2 * KNOWN_MS);
        await control.removeFault(id);
        const answer = await asked;
        expect([answer.status, answer.body.code]).to.deep.equal(
          isRevoked ? [401, 'invalid_api_key'] : [status, status === 404 ? 'not_found' : undefined],
        );
        if (isRevoked) expect(answer.headers.get('location')).to.equal(null);
      }
    });
  }

  it('by its own doing gets the outcome', async () => {
    const { control } = await world();
    const key = await newApiKey('acme', { scopes: ['manage:api_keys', 'read:tenant'] });
    const path = '/api/v2/clients/{id}';
    const { id } = await control.addFault({ method: 'DELETE', path, times: 1, effect: { kind: 'hang' } });
    const since = performance.now();
    const asked = call('DELETE', key.path, { as: key.as, headers });
    await until(async () => (await control.faults()).some((one) => one.id === id && one.hits === 1));
    await until(() => performance.now() > since + 2 * KNOWN_MS);
    await control.removeFault(id);
    expect((await asked).status).to.equal(204);
    expect((await call('GET', '/v1/tenant', { as: key.as })).status).to.equal(401);
  });
});
