/** The life of an API key, as a tenant's admin and as a key that may manage keys sees it. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { exchangesOf, newApiKey, toKey, tryKey, until, type NewKey } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { apiKey, app, clientCredentials, demoUser, tenantToken, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { changeApiKeys, readApiKey } from '../../src/registry/api-keys.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';

const PATH = '/v1/tenant/api-keys';

/** What ends by Redis' clock is looked at by this process' own. */
const CLOCKS_MS = 200;

describe('API keys', () => {
  let admin: string;
  let redis: Redis;
  before(async function () {
    this.timeout(WORLD_MS);
    admin = await user('acme');
    redis = connectForWaiting((await world()).redis);
  });
  after(() => redis.disconnect());

  const create = (body: object, as = admin) => call('POST', PATH, { as, body });
  const good = { name: 'Nightly sync', scopes: ['read:tenant', 'read:users'] };
  const codes = async (key: NewKey) =>
    Promise.all([0, 1].map(async (i) => (await tryKey((await world()).apis[i]!, key.as)).status));
  const isAtAuthority = async (clientId: string) =>
    (await management()).clients.get(clientId).then(
      () => true,
      () => false,
    );

  it('are made with a secret that is shown this once, and work at once, for what they were given', async () => {
    const { status, body, headers } = await create(good);
    expect(status).to.equal(201);
    const { client_id, client_secret, created_at, ...rest } = body;
    expect(rest).to.deep.equal({
      ...good,
      status: 'active',
      created_by: { kind: 'user', id: (await demoUser('acme', 'admin')).user_id },
      uses: 0,
    });
    expect(Date.parse(created_at as string)).to.be.closeTo(Date.now(), 10_000);
    expect(headers.get('cache-control')).to.equal('no-store');
    expect(headers.get('location')).to.equal(`${PATH}/${client_id}`);
    const { as, path } = toKey({ client_id, client_secret });
    expect((await call('GET', '/v1/me', { as, api: 1 })).body.scopes).to.have.members(good.scopes);
    expect((await call('GET', '/v1/users?limit=1', { as })).status).to.equal(200);
    const refused = await call('POST', '/v1/users', { as, body: { email: 'x@acme.example' } });
    expect(refused.body).to.include({ status: 403, code: 'insufficient_scope' });
    expect(refused.body.scopes).to.deep.equal(['create:users']);
    for (const text of [await call('GET', path, { as: admin }), await call('GET', PATH, { as: admin })])
      expect(JSON.stringify(text.body)).to.include(client_id).and.not.include(client_secret);
  });

  it('stand at the authority as machine clients of the tenant, with a grant for nothing more', async () => {
    const { clientId } = await newApiKey('acme', { scopes: ['read:tenant'] });
    const sdk = await management();
    const client = await sdk.clients.get(clientId);
    expect(client).to.include({ app_type: 'non_interactive', name: 'A test key' });
    expect(client.grant_types).to.deep.equal(['client_credentials']);
    expect(client.client_metadata).to.include({ tenant_id: 'acme', kind: 'tenant' });
    const grants = await sdk.clientGrants.list({ client_id: clientId });
    expect(grants.data.map(({ scope, audience }) => ({ scope, audience }))).to.deep.equal([
      { scope: ['read:tenant'], audience: (await world()).audience },
    ]);
  });

  it('are given nothing that their maker does not have', async () => {
    const manager = await newApiKey('acme', { scopes: ['manage:api_keys', 'read:tenant'] });
    const refused = await create({ ...good, scopes: ['read:tenant', 'create:users'] }, manager.as);
    expect(refused.body).to.include({ status: 403, code: 'insufficient_scope' });
    expect(refused.body.scopes).to.deep.equal(['create:users']);
    const made = await create({ ...good, scopes: ['read:tenant'] }, manager.as);
    expect(made.status).to.equal(201);
    expect(made.body.created_by).to.deep.equal({ kind: 'tenant', id: manager.clientId });
    // Nor is a key that can do more handed over by rotating it.
    const powerful = await newApiKey('acme', { scopes: ['create:users'] });
    const rotated = await call('POST', `${powerful.path}/rotate`, { as: manager.as, body: {} });
    expect(rotated.body).to.include({ status: 403, code: 'insufficient_scope' });
  });

  it('are nobody’s business but admins’ and managing keys’', async () => {
    const key = await newApiKey('acme');
    const callers = { member: await user('acme', 'member'), 'weak key': key.as, app: await app('acme') };
    const expected: Record<string, string> = {
      member: 'insufficient_role',
      'weak key': 'insufficient_scope',
      app: 'caller_not_allowed',
    };
    for (const [name, as] of Object.entries(callers)) {
      for (const [method, path, body] of [
        ['GET', PATH, undefined],
        ['POST', PATH, good],
        ['DELETE', key.path, undefined],
        ['POST', `${key.path}/rotate`, {}],
      ] as const) {
        const answer = await call(method, path, { as, body });
        expect(answer.body.code, `${name} ${method} ${path}`).to.equal(expected[name]);
      }
    }
    expect((await call('GET', PATH, { as: await tenantToken('acme') })).status).to.equal(200);
  });

  const wrong: [string, object, string][] = [
    ['a scope that there is not', { scopes: ['read:tenant', 'fly:moon'] }, '/scopes/1'],
    ['no scope', { scopes: [] }, '/scopes'],
    ['an end in the past', { expires_at: '2020-01-01T00:00:00Z' }, '/expires_at'],
    ['an end that is no time', { expires_at: 'tomorrow' }, '/expires_at'],
    ['a range that is none', { allowed_addresses: ['10.0.0.0/8', '10.0.0.0/33'] }, '/allowed_addresses/1'],
    ['a range in octal', { allowed_addresses: ['010.0.0.1'] }, '/allowed_addresses/0'],
    ['a host name', { allowed_addresses: ['example.com'] }, '/allowed_addresses/0'],
    ['markup in its name', { name: '<b>' }, '/name'],
    ['a tenant', { tenant_id: 'globex' }, '/tenant_id'],
  ];
  for (const [name, part, pointer] of wrong) {
    it(`are refused with ${name}`, async () => {
      const { status, body } = await create({ ...good, ...part });
      expect(status).to.equal(422);
      expect(body.code).to.equal('invalid_body');
      expect(body.errors[0].pointer).to.equal(pointer);
    });
  }

  it('end when they were told to, to the second, and then go by themselves', async () => {
    const { startWorker } = await world();
    const worker = await startWorker('worker-upkeep', { UPKEEP_SECONDS: '1' });
    try {
      const ends = Date.now() + 6_000;
      const key = await newApiKey('acme', { expires_at: new Date(ends).toISOString() });
      const { apis } = await world();
      let last = 0;
      await until(async () => {
        const sent = Date.now();
        const { status, code } = await tryKey(apis[0], key.as);
        if (status === 200) last = sent;
        // Expired until the upkeep has removed it.
        else expect(code).to.be.oneOf(['api_key_expired', 'invalid_api_key']);
        return status !== 200;
      });
      expect(last).to.be.below(ends + CLOCKS_MS);
      expect(Date.now()).to.be.at.least(ends - CLOCKS_MS);
      await until(async () => (await call('GET', key.path, { as: admin })).status === 404);
      await until(async () => !(await isAtAuthority(key.clientId)));
    } finally {
      await worker.stop();
    }
  });

  it('work from the addresses that they were given only, as key and as token', async () => {
    const { startApi, audience } = await world();
    const behindProxy = await startApi('api-behind-proxy', { TRUSTED_PROXIES: '1' });
    try {
      const key = await newApiKey('acme', { allowed_addresses: ['203.0.113.0/24', '2001:db8::/32'] });
      const token = `Bearer ${await clientCredentials(key.clientId, key.clientSecret, audience)}`;
      for (const as of [key.as, token]) {
        const from = async (address: string) =>
          (await tryKey(behindProxy.url, as, { 'x-forwarded-for': address })).code ?? 'accepted';
        expect(await from('203.0.113.7')).to.equal('accepted');
        expect(await from('::ffff:203.0.113.7')).to.equal('accepted');
        expect(await from('2001:db8::1')).to.equal('accepted');
        expect(await from('203.0.114.7')).to.equal('address_not_allowed');
        expect(await from('2001:db9::1')).to.equal('address_not_allowed');
        // Whatever the caller itself says before its proxy does.
        expect(await from('203.0.113.7, 192.0.2.1')).to.equal('address_not_allowed');
        // This process trusts no proxy: it sees this machine.
        const direct = await tryKey((await world()).apis[0], as, { 'x-forwarded-for': '203.0.113.7' });
        expect(direct.code).to.equal('address_not_allowed');
      }
    } finally {
      await behindProxy.stop();
    }
  });

  it('tell how often and when last they were used, on all processes together', async () => {
    const { apis } = await world();
    const key = await newApiKey('acme');
    const first = Date.now();
    for (let i = 0; i < 7; i += 1) await tryKey(apis[i % 2]!, key.as);
    const last = Date.now();
    await until(async () => (await call('GET', key.path, { as: admin })).body.uses === 7);
    const { last_used_at } = (await call('GET', key.path, { as: admin })).body;
    expect(Date.parse(last_used_at as string)).to.be.within(first - CLOCKS_MS, last + CLOCKS_MS);
    const { api_keys } = (await call('GET', PATH, { as: admin })).body;
    const [listed] = api_keys.filter(({ client_id }: { client_id: string }) => client_id === key.clientId);
    expect(listed.uses).to.equal(7);
  });

  it('keep what was counted when their process stops', async () => {
    const { startApi } = await world();
    const key = await newApiKey('acme');
    const api = await startApi('api-stopping');
    for (let i = 0; i < 3; i += 1) await tryKey(api.url, key.as);
    await api.stop();
    expect((await call('GET', key.path, { as: admin })).body.uses).to.equal(3);
  });

  describe('in rotation', () => {
    const rotate = async (key: NewKey, body: object = {}) => {
      const answer = await call('POST', `${key.path}/rotate`, { as: admin, body });
      expect(answer.status).to.equal(201);
      return { answer, successor: toKey(answer.body as { client_id: string; client_secret: string }) };
    };
    const read = async (key: NewKey) => (await call('GET', key.path, { as: admin })).body;

    it('get a successor with a secret of its own, and both work until the overlap is over', async () => {
      const key = await newApiKey('acme', { name: 'Old', allowed_addresses: ['127.0.0.1', '::1'] });
      const { answer, successor } = await rotate(key);
      expect(answer.body).to.deep.include({
        name: 'Old',
        scopes: ['read:tenant'],
        allowed_addresses: ['127.0.0.1', '::1'],
        replaces: key.clientId,
      });
      expect(answer.headers.get('cache-control')).to.equal('no-store');
      expect(successor.clientId).to.not.equal(key.clientId);
      expect(await codes(key)).to.deep.equal([200, 200]);
      expect(await codes(successor)).to.deep.equal([200, 200]);
      const old = await read(key);
      expect(old.replaced_by).to.equal(successor.clientId);
      expect(Date.parse(old.retires_at as string)).to.be.closeTo(Date.now() + 86_400_000, 10_000);
      // Last use is kept for each.
      await until(async () => (await read(key)).uses === 2 && (await read(successor)).uses === 2);
    });

    it('end with their overlap, to the second, on every process', async () => {
      const { apis } = await world();
      const key = await newApiKey('acme');
      expect(await codes(key)).to.deep.equal([200, 200]);
      await rotate(key, { overlap_seconds: 2 });
      const retires = Date.parse((await read(key)).retires_at as string);
      const last = [0, 0];
      await until(async () => {
        const answers = await Promise.all(
          apis.map(async (url, i) => {
            const sent = Date.now();
            const { status } = await tryKey(url, key.as);
            if (status === 200) last[i] = sent;
            return status;
          }),
        );
        return answers.every((status) => status === 401);
      });
      // Two clocks: this process' own, and what the API has worked out of Redis'.
      expect(Math.max(...last)).to.be.below(retires + 1_000);
      expect(Date.now()).to.be.above(retires - 1_000);
    });

    it('end at once with no overlap, for a key that leaked', async () => {
      const key = await newApiKey('acme');
      expect(await codes(key)).to.deep.equal([200, 200]);
      const { successor, answer } = await rotate(key, { overlap_seconds: 0 });
      expect(answer.body).to.not.have.property('replaces');
      await until(async () => (await codes(key)).every((status) => status === 401));
      expect(await codes(successor)).to.deep.equal([200, 200]);
      await until(async () => (await call('GET', key.path, { as: admin })).status === 404);
    });

    it('can be completed early', async () => {
      const key = await newApiKey('acme');
      const { successor } = await rotate(key);
      const done = await call('POST', `${key.path}/rotate/complete`, { as: admin });
      expect(done.body.client_id).to.equal(successor.clientId);
      expect(done.body).to.not.have.property('replaces');
      await until(async () => (await codes(key)).every((status) => status === 401));
      expect(await codes(successor)).to.deep.equal([200, 200]);
      await until(async () => !(await isAtAuthority(key.clientId)));
    });

    it('can be cancelled', async () => {
      const key = await newApiKey('acme');
      const { successor } = await rotate(key);
      const kept = await call('POST', `${key.path}/rotate/cancel`, { as: admin });
      expect(kept.body.client_id).to.equal(key.clientId);
      expect(kept.body).to.not.have.any.keys('retires_at', 'replaced_by');
      await until(async () => (await codes(successor)).every((status) => status === 401));
      expect(await codes(key)).to.deep.equal([200, 200]);
      await until(async () => !(await isAtAuthority(successor.clientId)));
    });

    it('are told when there is nothing to end, and when one is under way', async () => {
      const key = await newApiKey('acme');
      for (const how of ['complete', 'cancel']) {
        const answer = await call('POST', `${key.path}/rotate/${how}`, { as: admin });
        expect(answer.body).to.include({ status: 409, code: 'no_rotation' });
      }
      const { successor } = await rotate(key);
      for (const one of [key, successor]) {
        const again = await call('POST', `${one.path}/rotate`, { as: admin, body: {} });
        expect(again.body).to.include({ status: 409, code: 'rotation_under_way' });
      }
      // A successor that leaked is replaced all the same; the rotation goes on with the new one.
      const { successor: third } = await rotate(successor, { overlap_seconds: 0 });
      expect((await read(key)).replaced_by).to.equal(third.clientId);
      expect((await read(third)).replaces).to.equal(key.clientId);
    });

    it('that is asked for twice at once happens once, and leaves one successor', async () => {
      const key = await newApiKey('acme');
      const answers = await Promise.all(
        [0, 1].map((api) => call('POST', `${key.path}/rotate`, { as: admin, body: {}, api: api as 0 | 1 })),
      );
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
      const { api_keys } = (await call('GET', PATH, { as: admin })).body;
      const successors = api_keys.filter(({ replaces }: { replaces?: string }) => replaces === key.clientId);
      expect(successors).to.have.length(1);
    });

    it('leave the other one standing when one of the two is deleted', async () => {
      const key = await newApiKey('acme');
      const { successor } = await rotate(key);
      await call('DELETE', successor.path, { as: admin });
      expect(await read(key)).to.not.have.any.keys('retires_at', 'replaced_by');
      const { successor: next } = await rotate(key);
      await call('DELETE', key.path, { as: admin });
      expect(await read(next)).to.not.have.property('replaces');
    });
  });

  describe('when something goes wrong', () => {
    afterEach(async () => (await world()).control.clearFaults());

    /** Names of clients are how the authority is asked what is there. */
    const clientsNamed = async (name: string) => {
      const sdk = await management();
      const found: string[] = [];
      for (let page = 0; ; page += 1) {
        const { data } = await sdk.clients.list({ page, per_page: 100 });
        found.push(...data.filter((client) => client.name === name).map(({ client_id }) => client_id!));
        if (data.length < 100) return found;
      }
    };

    it('with the grant, the client is taken back', async () => {
      const { control } = await world();
      const name = `Undone ${randomUUID()}`;
      await control.addFault({
        method: 'POST',
        path: '/api/v2/client-grants',
        effect: { kind: 'answer', status: 403 },
      });
      const { status, body } = await create({ ...good, name });
      expect(status).to.equal(502);
      expect(body.code).to.equal('upstream_refused');
      const calls = await control.calls();
      expect(calls['POST /api/v2/clients']?.['201'], 'the control').to.be.above(0);
      expect(await clientsNamed(name)).to.deep.equal([]);
    });

    it('for a while, it is done in the end, once', async () => {
      const { control } = await world();
      const name = `Late ${randomUUID()}`;
      // Done, but nobody heard of it.
      await control.addFault({
        method: 'POST',
        path: '/api/v2/clients',
        times: 1,
        effect: { kind: 'drop', when: 'after' },
      });
      const { status, body } = await create({ ...good, name });
      expect(status).to.equal(201);
      expect(await clientsNamed(name)).to.deep.equal([body.client_id]);
    });

    it('with the undoing too, the orphan is gone within the reconciler’s period, and opened nothing', async () => {
      const { control, startWorker } = await world();
      const name = `Orphan ${randomUUID()}`;
      for (const [method, path] of [
        ['POST', '/api/v2/client-grants'],
        ['DELETE', '/api/v2/clients/{id}'],
      ] as const)
        await control.addFault({ method, path, effect: { kind: 'answer', status: 500 } });
      const answer = await create({ ...good, name });
      expect(answer.status).to.be.oneOf([502, 503, 202]);
      await until(async () => (await clientsNamed(name)).length > 0);
      const [orphan] = await clientsNamed(name);
      if (answer.status === 202) {
        const job = answer.headers.get('location')!;
        await until(async () => (await call('GET', job, { as: admin })).body.status !== 'queued');
        await until(async () => (await call('GET', job, { as: admin })).body.status !== 'running');
      }
      await control.clearFaults();
      const secret = (await (await management()).clients.get(orphan!)).client_secret!;
      expect(await codes(toKey({ client_id: orphan!, client_secret: secret }))).to.deep.equal([401, 401]);
      const worker = await startWorker('worker-reconcile', { RECONCILE_SECONDS: '2' });
      try {
        await until(async () => (await clientsNamed(name)).length === 0);
      } finally {
        await worker.stop();
      }
    });

    it('with the deletion at the authority, the key is gone all the same, and its client goes later', async () => {
      const { control, startWorker } = await world();
      const key = await newApiKey('acme');
      await control.addFault({
        method: 'DELETE',
        path: '/api/v2/clients/{id}',
        effect: { kind: 'answer', status: 403 },
      });
      expect((await call('DELETE', key.path, { as: admin })).status).to.equal(204);
      await until(async () => (await codes(key)).every((status) => status === 401));
      await until(async () => (await control.faults())[0]!.hits > 0);
      expect(await isAtAuthority(key.clientId)).to.equal(true);
      await control.clearFaults();
      const worker = await startWorker('worker-deleting', { UPKEEP_SECONDS: '1' });
      try {
        await until(async () => !(await isAtAuthority(key.clientId)));
      } finally {
        await worker.stop();
      }
    });

    it('because the account is full, it says so', async () => {
      const { control } = await world();
      await control.addFault({
        method: 'POST',
        path: '/api/v2/clients',
        effect: {
          kind: 'answer',
          status: 403,
          body: { statusCode: 403, error: 'Forbidden', message: 'Full', errorCode: 'too_many_entities' },
        },
      });
      const { status, body, headers } = await create(good);
      expect({ status, code: body.code }).to.deep.equal({ status: 503, code: 'application_limit_reached' });
      expect(Number(headers.get('retry-after'))).to.be.above(60);
    });

    it('because the tenant has as many as it may have, it says so before anything is made', async () => {
      const { startApi, control } = await world();
      const api = await startApi('api-few-keys', { API_KEYS_PER_TENANT: '1' });
      try {
        await control.forgetCalls();
        const response = await fetch(api.url + PATH, {
          method: 'POST',
          headers: { authorization: admin, 'content-type': 'application/json' },
          body: JSON.stringify(good),
        });
        expect(response.status).to.equal(409);
        expect(((await response.json()) as { code: string }).code).to.equal('api_key_limit_reached');
        expect((await control.calls())['POST /api/v2/clients']).to.equal(undefined);
      } finally {
        await api.stop();
      }
    });
  });

  it('that come as a job show their secret at the first look, and never again', async () => {
    const { headers, status } = await call('POST', PATH, {
      as: admin,
      body: good,
      headers: { prefer: 'respond-async' },
    });
    expect(status).to.equal(202);
    const job = headers.get('location')!;
    // Another tenant's look uses nothing up.
    expect((await call('GET', job, { as: await apiKey('globex') })).status).to.equal(404);
    const looks: { status: string; answer?: { body: { client_id: string; client_secret: string } } }[] = [];
    await until(async () => {
      const { body } = await call('GET', job, { as: admin });
      looks.push(body);
      return body.status === 'succeeded';
    });
    const { answer } = looks.at(-1)!;
    expect(await codes(toKey(answer!.body))).to.deep.equal([200, 200]);
    const again = await call('GET', job, { as: admin });
    expect(again.body.status).to.equal('succeeded');
    expect(again.body).to.not.have.property('answer');
  });

  it('can do no more than they were made with, whatever their grant at the authority says', async () => {
    const key = await newApiKey('acme', { scopes: ['read:tenant'] });
    const sdk = await management();
    const { data } = await sdk.clientGrants.list({ client_id: key.clientId });
    await sdk.clientGrants.update(data[0]!.id!, { scope: ['read:tenant', 'create:users'] });
    expect((await call('GET', '/v1/me', { as: key.as })).body.scopes).to.deep.equal(['read:tenant']);
  });

  it('are changed all or none in the registry', async () => {
    const [one, two] = [await newApiKey('acme'), await newApiKey('acme')];
    const { key, text } = (await readApiKey(redis, one.clientId))!;
    const renamed: ApiKeyClient = { ...key, name: 'Renamed' };
    const done = await changeApiKeys(redis, 'acme', [
      { clientId: one.clientId, from: text, to: renamed },
      { clientId: two.clientId, from: 'something else', to: undefined },
    ]);
    expect(done).to.equal(false);
    expect((await readApiKey(redis, one.clientId))!.key.name).to.equal(key.name);
    expect(await readApiKey(redis, two.clientId)).to.not.equal(undefined);
  });

  it('that are deleted cost no exchange any more', async () => {
    const key = await newApiKey('acme');
    expect(await codes(key)).to.deep.equal([200, 200]);
    await call('DELETE', key.path, { as: admin });
    await until(async () => (await codes(key)).every((status) => status === 401));
    for (let i = 0; i < 5; i += 1) await codes(key);
    expect(await exchangesOf(key.clientId)).to.deep.equal({ issued: 1, refused: 0 });
  });
});
