/** An API key's name and scopes change in place: what its users, and those who change it, see of that. */
import { expect } from 'chai';
import { exchangesOf, expectWithin, newApiKey, until, type NewKey } from '../../support/api-keys.ts';
import { management } from '../../support/authority.ts';
import { apiKey, app, clientCredentials, user } from '../../support/callers.ts';
import { call, type Answer } from '../../support/client.ts';
import { world, WORLD_MS, type World } from '../../support/world.ts';

/** What the design allows (invariant 3). */
const REVOKED_MS = 1_000;
const BOTH = [0, 1] as const;

describe('updateApiKey', () => {
  let w: World;
  let admin: string;
  before(async function () {
    this.timeout(WORLD_MS);
    w = await world();
    admin = await user('acme');
  });

  const change = (key: NewKey, body: unknown, as = admin) => call('PATCH', key.path, { as, body });
  const read = async (key: NewKey) => (await call('GET', key.path, { as: admin })).body;
  const scopesAt = async (api: 0 | 1, as: string) =>
    (await call('GET', '/v1/me', { as, api })).body.scopes as string[];
  const tokenOf = async ({ clientId, clientSecret }: NewKey) =>
    `Bearer ${await clientCredentials(clientId, clientSecret, w.audience)}`;
  const grantOf = async ({ clientId }: NewKey) =>
    (await (await management()).clientGrants.list({ client_id: clientId })).data.map(({ scope }) => scope);
  const codeOf = ({ status, body }: Answer) => `${status} ${body.code}`;

  it('lets a key do more with the same secret, at both processes, for one more exchange', async () => {
    const key = await newApiKey('acme');
    for (const api of BOTH) expect(await scopesAt(api, key.as)).to.deep.equal(['read:tenant']);
    const before = await read(key);
    const { status, body } = await change(key, { name: 'Grown', scopes: ['read:tenant', 'read:users'] });
    expect(status).to.equal(200);
    expect(body).to.deep.include({ name: 'Grown', scopes: ['read:tenant', 'read:users'] });
    expect(body).to.not.have.any.keys('client_secret', 'secret_hash', 'recheck');
    for (const api of BOTH)
      await until(async () => (await call('GET', '/v1/users?limit=1', { as: key.as, api })).status === 200);
    expect(await exchangesOf(key.clientId)).to.deep.equal({ issued: 2, refused: 0 });
    expect(await grantOf(key)).to.deep.equal([['read:tenant', 'read:users']]);
    expect((await (await management()).clients.get(key.clientId)).name).to.equal('Grown');
    const { name: _name, scopes: _scopes, uses: _uses, last_used_at: _last, ...rest } = before;
    expect(await read(key)).to.deep.include(rest);
  });

  it('adds nothing to a token that was obtained before, and everything to the next one', async () => {
    const key = await newApiKey('acme');
    const token = await tokenOf(key);
    await change(key, { scopes: ['read:tenant', 'read:users'] });
    for (const api of BOTH) expect(await scopesAt(api, token)).to.deep.equal(['read:tenant']);
    expect(await scopesAt(0, await tokenOf(key))).to.have.members(['read:tenant', 'read:users']);
  });

  it('takes scopes away within a second, from the key and from its tokens, at both processes', async () => {
    const key = await newApiKey('acme', { scopes: ['read:tenant', 'read:users'] });
    const credentials = [key.as, await tokenOf(key)];
    const codes = () =>
      Promise.all(
        credentials.flatMap((as) =>
          BOTH.map(async (api) => codeOf(await call('GET', '/v1/users?limit=1', { as, api }))),
        ),
      );
    expect(new Set(await codes())).to.deep.equal(new Set(['200 undefined']));
    expect((await change(key, { scopes: ['read:tenant'] })).status).to.equal(200);
    await expectWithin(REVOKED_MS, Date.now(), async () =>
      (await codes()).every((code) => code === '403 insufficient_scope'),
    );
    for (const as of credentials) expect(await scopesAt(1, as)).to.deep.equal(['read:tenant']);
    expect(await grantOf(key)).to.deep.equal([['read:tenant']]);
  });

  it('adds nothing that whoever asks does not hold, and keeps what they do not hold', async () => {
    const manager = await newApiKey('acme', { scopes: ['manage:api_keys', 'read:tenant'] });
    const powerful = await newApiKey('acme', { scopes: ['create:users', 'read:users'] });
    const grow = (key: NewKey, scopes: string[]) => change(key, { scopes }, manager.as);
    for (const key of [manager, powerful]) {
      const { scopes } = await read(key);
      const refused = await grow(key, [...(scopes as string[]), 'delete:users']);
      expect(codeOf(refused)).to.equal('403 insufficient_scope');
      expect(refused.body.scopes).to.deep.equal(['delete:users']);
      expect((await read(key)).scopes).to.deep.equal(scopes);
    }
    const grown = await grow(powerful, ['create:users', 'read:users', 'read:tenant']);
    expect(grown.body.scopes).to.deep.equal(['create:users', 'read:users', 'read:tenant']);
    // Less is not more, whoever takes it.
    expect((await grow(powerful, ['read:users'])).body.scopes).to.deep.equal(['read:users']);
    expect((await change(powerful, { name: 'Renamed' }, manager.as)).body.name).to.equal('Renamed');
  });

  it('lets a key take scopes from itself', async () => {
    const key = await newApiKey('acme', { scopes: ['manage:api_keys', 'read:tenant', 'read:users'] });
    const { status, body } = await change(key, { scopes: ['manage:api_keys', 'read:tenant'] }, key.as);
    expect(status).to.equal(200);
    expect(body.scopes).to.deep.equal(['manage:api_keys', 'read:tenant']);
    expect(codeOf(await change(key, { scopes: ['read:tenant', 'read:users'] }, key.as))).to.equal(
      '403 insufficient_scope',
    );
    expect(await grantOf(key)).to.deep.equal([['manage:api_keys', 'read:tenant']]);
  });

  it('adds nothing to a key that outlasts the one that asks, or works from more addresses', async () => {
    const scopes = ['manage:api_keys', 'read:tenant', 'read:users'];
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const bounded = [
      await newApiKey('acme', { scopes, expires_at: inAnHour }),
      await newApiKey('acme', { scopes, allowed_addresses: ['127.0.0.0/8', '::1'] }),
    ];
    for (const { as } of bounded) {
      const key = await newApiKey('acme');
      const grow = () => change(key, { scopes: ['read:tenant', 'read:users'] }, as);
      expect(codeOf(await grow())).to.equal('403 beyond_own_bounds');
      expect((await change(key, { name: 'Renamed' }, as)).status).to.equal(200);
      expect(await read(key)).to.deep.include({ name: 'Renamed', scopes: ['read:tenant'] });
    }
  });

  it('is for nobody of another tenant, for no app, and for no key without the scope', async () => {
    const key = await newApiKey('acme', { scopes: ['read:tenant'] });
    const body = { scopes: ['read:tenant'] };
    for (const as of [await user('globex'), await apiKey('globex')])
      expect(codeOf(await change(key, body, as))).to.equal('404 not_found');
    expect(codeOf(await change(key, body, await app('acme')))).to.equal('403 caller_not_allowed');
    expect(codeOf(await change(key, body, key.as))).to.equal('403 insufficient_scope');
    expect(codeOf(await change(key, body, await user('acme', 'member')))).to.equal('403 insufficient_role');
  });

  it('answers the same when it is repeated', async () => {
    const key = await newApiKey('acme');
    const body = { name: 'Twice', scopes: ['read:tenant', 'read:usage'] };
    const [first, second] = [await change(key, body), await change(key, body)];
    expect(second.status).to.equal(200);
    expect(second.body).to.deep.equal(first.body);
    expect(await grantOf(key)).to.deep.equal([body.scopes]);
  });

  it('costs one call for the name alone', async () => {
    const { control } = w;
    const key = await newApiKey('acme');
    await control.forgetCalls();
    expect((await change(key, { name: 'Renamed' })).body).to.include({ name: 'Renamed' });
    // But for what the upkeep may read meanwhile.
    const made = Object.entries(await control.calls()).filter(([name]) => /client-grants|PATCH/.test(name));
    expect(Object.fromEntries(made)).to.deep.equal({ 'PATCH /api/v2/clients/{id}': { 200: 1 } });
  });

  it('ends in one of both when two are made at once, at the registry and at Auth0', async () => {
    const key = await newApiKey('acme');
    const wanted = [
      ['read:tenant', 'read:users'],
      ['read:usage', 'read:tenant'],
    ];
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(
        wanted.map((scopes, i) => call('PATCH', key.path, { as: admin, body: { scopes }, api: i as 0 | 1 })),
      );
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200]);
      const { scopes } = await read(key);
      expect(wanted).to.deep.include(scopes);
      expect(await grantOf(key)).to.deep.equal([scopes]);
    }
  });

  it('waits for the end of a rotation', async () => {
    const key = await newApiKey('acme');
    const { body } = await call('POST', `${key.path}/rotate`, { as: admin, body: {} });
    const successor = { ...key, path: `/v1/tenant/api-keys/${body.client_id}` };
    for (const one of [key, successor])
      for (const changes of [{ name: 'Renamed' }, { scopes: ['read:users'] }])
        expect(codeOf(await change(one, changes))).to.equal('409 rotation_under_way');
    await call('POST', `${key.path}/rotate/complete`, { as: admin });
    expect((await change(successor, { scopes: ['read:users'] })).status).to.equal(200);
  });

  const wrong: [string, unknown, string][] = [
    ['nothing', {}, ''],
    ['a scope that there is not', { scopes: ['read:tenant', 'fly:moon'] }, '/scopes/1'],
    ['no scope', { scopes: [] }, '/scopes'],
    ['a name that is none', { name: '' }, '/name'],
    ['what cannot be changed', { expires_at: '2099-01-01T00:00:00Z' }, '/expires_at'],
  ];
  for (const [name, body, pointer] of wrong)
    it(`refuses ${name}`, async () => {
      const refused = await change(await newApiKey('acme'), body);
      expect(codeOf(refused)).to.equal('422 invalid_body');
      expect(refused.body.errors[0].pointer).to.equal(pointer);
    });

  describe('when Auth0 refuses', () => {
    afterEach(() => w.control.clearFaults());

    it('leaves the key as it is, where it would have got a scope', async () => {
      const key = await newApiKey('acme');
      await w.control.addFault({
        method: 'PATCH',
        path: '/api/v2/client-grants/{id}',
        effect: { kind: 'answer', status: 403 },
      });
      const refused = await change(key, { name: 'Grown', scopes: ['read:tenant', 'read:users'] });
      expect(codeOf(refused)).to.equal('502 upstream_refused');
      expect(await read(key)).to.deep.include({ name: 'A test key', scopes: ['read:tenant'] });
    });

    it('has taken scopes away all the same, and narrows the grant when it can', async () => {
      const key = await newApiKey('acme', { scopes: ['read:tenant', 'read:users'] });
      await w.control.addFault({
        method: 'PATCH',
        path: '/api/v2/client-grants/{id}',
        effect: { kind: 'answer', status: 403 },
      });
      const headers = { prefer: 'respond-async' };
      const { status } = await call('PATCH', key.path, {
        as: admin,
        body: { scopes: ['read:tenant'] },
        headers,
      });
      expect(status).to.equal(202);
      await until(async () => (await scopesAt(0, key.as)).length === 1);
      await w.control.clearFaults();
      await until(async () => (await grantOf(key))[0]?.length === 1);
    });
  });

  it('is an audit event of its own', async () => {
    const key = await newApiKey('acme');
    await change(key, { name: 'Audited' });
    const query = `target=${key.clientId}&type=api_key.updated`;
    const events = async () =>
      (await call('GET', `/v1/tenant/audit-events?${query}`, { as: admin })).body.events as unknown[];
    await until(async () => (await events()).length === 1);
    expect(JSON.stringify(await events())).to.not.include('Audited');
  });
});
