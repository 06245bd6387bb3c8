/** How many API keys a tenant has: as many as it may, however many are asked for at once, here and at the authority. */
import { expect } from 'chai';
import { toKey, until, type NewKey } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { operator } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { aTenant, adminOf, type MadeTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const PATH = '/v1/tenant/api-keys';
const LIMIT = 6;

describe('the limit on API keys', () => {
  let tenant: MadeTenant;
  let admin: string;
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  beforeEach(async () => {
    tenant = await aTenant();
    admin = await adminOf(tenant);
    const max_limits = { api_keys: LIMIT };
    const set = await call('PATCH', tenant.path, {
      as: await operator(),
      body: { max_limits },
      headers: { 'if-match': '*' },
    });
    expect(set.status).to.equal(200);
  });

  const create = (api: 0 | 1 = 0) =>
    call('POST', PATH, { as: admin, api, body: { name: 'One of many', scopes: ['read:tenant'] } });
  const rotate = (key: NewKey, body: object = {}, api: 0 | 1 = 0) =>
    call('POST', `${key.path}/rotate`, { as: admin, body, api });
  /** With the first key, which came with the tenant. */
  const fillTo = async (count: number) => {
    const keys: NewKey[] = [];
    while (keys.length + 1 < count) {
      const { status, body } = await create();
      expect(status).to.equal(201);
      keys.push(toKey(body as { client_id: string; client_secret: string }));
    }
    return keys;
  };
  const here = async () => (await call('GET', PATH, { as: admin })).body.api_keys.length as number;
  const atAuthority = async () => {
    const sdk = await management();
    let count = 0;
    for (let page = 0; ; page += 1) {
      const { data } = await sdk.clients.list({ page, per_page: 100 });
      const ours = data.filter(
        ({ client_metadata: of }) => of?.['tenant_id'] === tenant.id && of['kind'] === 'tenant',
      );
      count += ours.length;
      if (data.length < 100) return count;
    }
  };
  const codesOf = (answers: readonly Answer[]) =>
    [
      ...new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code as string)),
    ].sort();

  it('counts successors: none is made beyond it, and a rotation without overlap still goes', async () => {
    const keys = await fillTo(LIMIT);
    expect((await create()).body.code).to.equal('api_key_limit_reached');
    const { control } = await world();
    await control.forgetCalls();
    for (const body of [{}, { overlap_seconds: 1 }, { overlap_seconds: 3_600 }])
      expect((await rotate(keys[0]!, body)).body.code).to.equal('api_key_limit_reached');
    expect((await control.calls())['POST /api/v2/clients'], 'spared').to.equal(undefined);
    expect((await call('GET', keys[0]!.path, { as: admin })).body).to.not.have.any.keys(
      'replaced_by',
      'retires_at',
    );
    const replaced = await rotate(keys[0]!, { overlap_seconds: 0 });
    expect(replaced.status).to.equal(201);
    expect(await here()).to.equal(LIMIT);
    await until(async () => (await atAuthority()) === LIMIT);
    await call('DELETE', keys[1]!.path, { as: admin });
    expect((await rotate(keys[2]!)).status).to.equal(201);
    expect(await here()).to.equal(LIMIT);
    expect((await rotate(keys[3]!)).body.code).to.equal('api_key_limit_reached');
    // What is over counts no more.
    await call('POST', `${keys[2]!.path}/rotate/complete`, { as: admin });
    expect((await rotate(keys[3]!)).status).to.equal(201);
  });

  it('holds for 30 rotations and creations at once, below it', async function () {
    this.timeout(360_000);
    const keys = await fillTo(LIMIT - 2);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => {
        const api = (index % 2) as 0 | 1;
        return index % 3 === 0 ? create(api) : rotate(keys[index % keys.length]!, {}, api);
      }),
    );
    expect(answers.filter(({ status }) => status === 201)).to.have.length(2);
    const expected = ['api_key_limit_reached', 'rotation_under_way'];
    for (const code of codesOf(answers)) expect(code).to.be.oneOf(expected);
    expect(await here()).to.equal(LIMIT);
    await until(async () => (await atAuthority()) === LIMIT);
  });

  it('holds for 30 rotations and creations at once, at it', async function () {
    this.timeout(360_000);
    const keys = await fillTo(LIMIT);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => {
        const api = (index % 2) as 0 | 1;
        if (index % 3 === 0) return create(api);
        return rotate(keys[index % keys.length]!, { overlap_seconds: index % 3 === 1 ? 0 : 60 }, api);
      }),
    );
    // Each key is replaced in its place, once.
    expect(answers.filter(({ status }) => status === 201)).to.have.length(keys.length);
    const expected = ['api_key_limit_reached', 'not_found', 'rotation_under_way'];
    for (const code of codesOf(answers)) expect(code).to.be.oneOf(expected);
    expect(await here()).to.equal(LIMIT);
    await until(async () => (await atAuthority()) === LIMIT);
  });

  it('counts keys whose time is over until the upkeep has removed them, and no longer', async () => {
    const { startWorker } = await world();
    await fillTo(LIMIT - 1);
    const expires_at = new Date(Date.now() + 5_000).toISOString();
    const body = { name: 'Short', scopes: ['read:tenant'], expires_at };
    expect((await call('POST', PATH, { as: admin, body })).status).to.equal(201);
    const worker = await startWorker('worker-limit', { UPKEEP_SECONDS: '1' });
    try {
      await until(async () => (await create()).status === 201);
      expect(await here()).to.equal(LIMIT);
    } finally {
      await worker.stop();
    }
  });
});

describe('the limit on initial access tokens', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('holds for each issuer, at all processes together, until tokens are deleted', async () => {
    const { startApi } = await world();
    const tenant = await aTenant();
    const callers = {
      '/v1/tenant/initial-access-tokens': await adminOf(tenant),
      '/v1/initial-access-tokens': await operator(),
    };
    const listed = async (path: string, as: string) =>
      (await call('GET', path, { as })).body.initial_access_tokens as { id: string; expires_at: string }[];
    const held = (await listed('/v1/initial-access-tokens', await operator())).length;
    const limit = held + 3;
    const api = await startApi('api-few-tokens', { INITIAL_ACCESS_TOKENS_PER_ISSUER: String(limit) });
    try {
      for (const [path, as] of Object.entries(callers)) {
        const issue = (expires_in_seconds?: number) =>
          call('POST', path, { as, at: api.url, body: { name: 'A partner', expires_in_seconds } });
        const wanted = limit - (await listed(path, as)).length;
        const answers = await Promise.all(Array.from({ length: wanted + 5 }, () => issue()));
        expect(answers.filter(({ status }) => status === 201)).to.have.length(wanted);
        for (const { status, body } of answers.filter(({ status }) => status !== 201))
          expect({ status, code: body.code }).to.deep.equal({
            status: 409,
            code: 'initial_access_token_limit_reached',
          });
        const tokens = await listed(path, as);
        expect(tokens).to.have.length(limit);
        for (const { expires_at } of tokens)
          expect(Date.parse(expires_at)).to.be.below(Date.now() + 90 * 86_400_000 + 1_000);
        for (const beyond of [7_776_001, 0, -1]) expect((await issue(beyond)).status).to.equal(422);
        await call('DELETE', `${path}/${tokens[0]!.id}`, { as });
        expect((await issue()).status).to.equal(201);
      }
    } finally {
      await api.stop();
    }
  });
});
