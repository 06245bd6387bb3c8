/** Who may register, how often, and how many: each policy at an API process of its own. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Redis } from 'ioredis';
import { appMetadata, letIn } from '../support/apps.ts';
import { management } from '../support/authority.ts';
import { operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { readTenant, saveTenant } from '../../src/registry/tenants.ts';
import { anyFreePort } from '../../src/start/ports.ts';

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

const ISSUER = 'https://directory.example';

describe('policy of registration', () => {
  let redis: Redis;
  let sign: (
    claims: object,
    options?: { issuer?: string; expires?: string; audience?: string; key?: Key },
  ) => Promise<string>;
  let strangerKey: Key;
  let issuers: string;

  before(async function () {
    this.timeout(WORLD_MS);
    redis = connectForWaiting((await world()).redis);
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    strangerKey = (await generateKeyPair('ES256')).privateKey;
    issuers = JSON.stringify([{ issuer: ISSUER, jwks: { keys: [await exportJWK(publicKey)] } }]);
    sign = (claims, { issuer = ISSUER, expires = '1h', audience, key = privateKey } = {}) => {
      const jwt = new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(issuer)
        .setExpirationTime(expires);
      return (audience === undefined ? jwt : jwt.setAudience(audience)).sign(key);
    };
  });
  after(() => redis.disconnect());

  interface Registration {
    status: number;
    body: Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it freely
    headers: Headers;
  }
  type Register = (more?: object, as?: string, from?: string) => Promise<Registration>;

  async function at(
    settings: Record<string, string>,
    work: (register: Register) => Promise<void>,
  ): Promise<void> {
    const { startApi } = await world();
    const port = await anyFreePort();
    const api = await startApi(`api-policy-${port}`, {
      PORT: String(port),
      TRUSTED_PROXIES: '1',
      ...settings,
    });
    try {
      await work(async (more = {}, as, from = '198.51.100.1') => {
        const response = await fetch(`http://localhost:${port}/oauth/register`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-forwarded-for': from,
            ...(as === undefined ? {} : { authorization: as }),
          },
          body: JSON.stringify(appMetadata(more)),
        });
        return {
          status: response.status,
          body: (await response.json()) as Registration['body'],
          headers: response.headers,
        };
      });
    } finally {
      await api.stop();
    }
  }

  const issue = async (body: object = {}, as?: string) => {
    const path = as === undefined ? '/v1/initial-access-tokens' : '/v1/tenant/initial-access-tokens';
    const answer = await call('POST', path, {
      as: as ?? (await operator()),
      body: { name: 'A partner', ...body },
    });
    return answer.body as { id: string; token: string };
  };
  const statusOf = async (clientId: string) => {
    const { body } = await call('GET', '/v1/apps?limit=100', { as: await operator() });
    return (body.apps as Record<string, unknown>[]).find(({ client_id }) => client_id === clientId)!;
  };

  it('with initial access tokens: refused without one, counted for all at once, gone when they are deleted', async () => {
    await at({ REGISTRATION_POLICY: 'initial_access_token', NEW_APPS: 'pending' }, async (register) => {
      const none = await register();
      expect([none.status, none.body['error']]).to.deep.equal([401, 'invalid_token']);
      expect(none.headers.get('www-authenticate'))
        .to.match(/^Bearer /)
        .and.to.not.include('error=');
      expect((await register({}, 'Bearer tvi_AAAAAAAAAAAAAAAA.AAAA')).status).to.equal(401);
      const { id, token } = await issue({ max_uses: 3 });
      const almost = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
      expect((await register({}, `Bearer ${almost}`)).status).to.equal(401);
      // What was not registered is not counted.
      expect(
        (await register({ redirect_uris: ['http://evil.example/'] }, `Bearer ${token}`)).status,
      ).to.equal(400);
      const answers = await Promise.all(Array.from({ length: 8 }, () => register({}, `Bearer ${token}`)));
      expect(answers.filter(({ status }) => status === 201)).to.have.length(3);
      expect(answers.filter(({ status }) => status === 401)).to.have.length(5);
      const listed = await call('GET', '/v1/initial-access-tokens', { as: await operator() });
      expect(JSON.stringify(listed.body)).to.not.include(token);
      expect(listed.body.initial_access_tokens.find((one: { id: string }) => one.id === id)).to.include({
        uses: 3,
        max_uses: 3,
      });
      // Whom the operator gave a token is approved.
      expect(
        await statusOf(answers.find(({ status }) => status === 201)!.body['client_id'] as string),
      ).to.include({ status: 'approved' });
      const deleted = await issue({ max_uses: 3 });
      expect((await register({}, `Bearer ${deleted.token}`)).status).to.equal(201);
      expect(
        (await call('DELETE', `/v1/initial-access-tokens/${deleted.id}`, { as: await operator() })).status,
      ).to.equal(204);
      expect((await register({}, `Bearer ${deleted.token}`)).status).to.equal(401);
      const expired = await issue();
      await redis.hset(keys.initialAccessToken(expired.id), { expires: Date.now() - 60_000 });
      expect((await register({}, `Bearer ${expired.token}`)).status).to.equal(401);
      expect(JSON.stringify(await redis.hgetall(keys.initialAccessToken(id)))).to.not.include(
        token.split('.')[1],
      );
    });
  });

  it('with a tenant’s token: the app is vouched for, pending, and nobody’s when the tenant is suspended', async () => {
    await at({ REGISTRATION_POLICY: 'initial_access_token', NEW_APPS: 'pending' }, async (register) => {
      const { token } = await issue({ max_uses: 1_000 }, await user('globex'));
      const { status, body } = await register({}, `Bearer ${token}`);
      expect(status).to.equal(201);
      const clientId = body['client_id'] as string;
      expect(await statusOf(clientId)).to.include({ status: 'pending', vouched_by: 'globex' });
      const [globex, acme] = [await letIn({ clientId }, 'globex'), await letIn({ clientId }, 'acme')];
      expect((await call('GET', '/v1/me', { as: globex.as })).status).to.equal(200);
      expect((await call('GET', '/v1/me', { as: acme.as })).body.code).to.equal('app_not_allowed');
      const tenant = (await readTenant(redis, 'globex'))!;
      await saveTenant(redis, { ...tenant, status: 'suspended' });
      try {
        let refused = await register({}, `Bearer ${token}`);
        // The API's processes hear of it within a second.
        while (refused.status === 201) refused = await register({}, `Bearer ${token}`);
        expect([refused.status, refused.body['error']]).to.deep.equal([403, 'access_denied']);
      } finally {
        await saveTenant(redis, tenant);
      }
    });
  });

  it('with software statements: by whom, unbroken, unexpired; and what they say wins', async () => {
    const settings = {
      REGISTRATION_POLICY: 'software_statement',
      SOFTWARE_STATEMENT_ISSUERS: issuers,
      NEW_APPS: 'pending',
    };
    await at(settings, async (register) => {
      const claims = { client_name: 'Certified Reports', software_id: 'reports' };
      const good = await sign(claims);
      const [header, payload, signature] = good.split('.');
      const forged = Buffer.from(JSON.stringify({ iss: ISSUER, client_name: 'Forged' })).toString(
        'base64url',
      );
      const table: [string, string | undefined, string][] = [
        ['none', undefined, 'unapproved_software_statement'],
        [
          'by somebody unknown',
          await sign(claims, { issuer: 'https://evil.example' }),
          'unapproved_software_statement',
        ],
        ['with a stranger’s key', await sign(claims, { key: strangerKey }), 'invalid_software_statement'],
        ['changed', `${header}.${forged}.${signature}`, 'invalid_software_statement'],
        [
          'unsigned',
          `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
          'invalid_software_statement',
        ],
        ['expired', await sign(claims, { expires: '-1m' }), 'invalid_software_statement'],
        [
          'for somebody else',
          await sign(claims, { audience: 'https://other.example' }),
          'invalid_software_statement',
        ],
        [
          'with a bad redirect URI',
          await sign({ redirect_uris: ['http://evil.example/'] }),
          'invalid_redirect_uri',
        ],
      ];
      for (const [name, software_statement, error] of table) {
        const { status, body } = await register(
          software_statement === undefined ? {} : { software_statement },
        );
        expect([name, status, body['error']]).to.deep.equal([name, 400, error]);
      }
      const { status, body } = await register({
        software_statement: good,
        client_name: 'Something else',
        software_version: '2',
      });
      expect(status).to.equal(201);
      expect(body).to.include({ ...claims, software_version: '2', software_statement: good });
      expect(await statusOf(body['client_id'] as string)).to.include({
        status: 'approved',
        statement_issuer: ISSUER,
        name: 'Certified Reports',
      });
      expect((await (await management()).clients.get(body['client_id'] as string)).name).to.equal(
        'Certified Reports',
      );
    });
  });

  it('flags a name like the operator’s own, and leaves its app to a person', async () => {
    await at({ NEW_APPS: 'approved', OPERATOR_NAMES: 'Example Corp' }, async (register) => {
      const honest = await register({ client_name: 'Honest Reports' });
      const imitating = await register({ client_name: 'Ехample Corp' });
      expect(await statusOf(honest.body['client_id'] as string)).to.deep.include({
        status: 'approved',
        flags: [],
      });
      const clientId = imitating.body['client_id'] as string;
      expect(await statusOf(clientId)).to.deep.include({
        status: 'pending',
        flags: ['operator_name', 'mixed_scripts'],
      });
      const { as } = await letIn({ clientId }, 'acme');
      expect((await call('GET', '/v1/me', { as })).body.code).to.equal('app_not_allowed');
    });
  });

  it('with both, or with either', async () => {
    const software_statement = await sign({ client_name: 'Certified' });
    const bearer = async () => `Bearer ${(await issue()).token}`;
    const tried = async (register: Register) => [
      (await register()).status,
      (await register({}, await bearer())).status,
      (await register({ software_statement })).status,
      (await register({ software_statement }, await bearer())).status,
    ];
    const trusted = { SOFTWARE_STATEMENT_ISSUERS: issuers };
    await at(
      { ...trusted, REGISTRATION_POLICY: 'initial_access_token+software_statement' },
      async (register) => {
        expect(await tried(register)).to.deep.equal([400, 400, 401, 201]);
      },
    );
    await at(
      { ...trusted, REGISTRATION_POLICY: 'initial_access_token,software_statement' },
      async (register) => {
        expect(await tried(register)).to.deep.equal([401, 201, 201, 201]);
      },
    );
  });

  it('1,000 registrations from one address leave as many apps as are configured, and no orphan', async () => {
    // By their name: clients of other apps are deleted meanwhile.
    const client_name = `The same ${randomUUID()}`;
    const count = async () => {
      const sdk = await management();
      let atAuthority = 0;
      for (let page = 0; ; page += 1) {
        const { data } = await sdk.clients.list({ is_first_party: false, per_page: 100, page });
        atAuthority += data.filter(({ name }) => name === client_name).length;
        if (data.length < 100) break;
      }
      const here = (await redis.hvals(keys.clients)).filter((text) => text.includes(client_name));
      return [atAuthority, here.length];
    };
    await at({ REGISTRATIONS_PER_ADDRESS: '5' }, async (register) => {
      const from = '203.0.113.77';
      const statuses: number[] = [];
      for (let i = 0; i < 20; i += 1) {
        const batch = await Promise.all(
          Array.from({ length: 50 }, () => register({ client_name }, undefined, from)),
        );
        statuses.push(...batch.map(({ status }) => status));
        for (const { status, headers } of batch)
          if (status === 429) expect(Number(headers.get('retry-after'))).to.be.within(1, 3600);
      }
      expect(statuses.filter((status) => status === 201)).to.have.length(5);
      expect(statuses.filter((status) => status === 429)).to.have.length(995);
      expect(await count()).to.deep.equal([5, 5]);
      // Another address, and another /64, have their own.
      expect((await register({}, undefined, '203.0.113.78')).status).to.equal(201);
      for (const tail of ['1', '2', '3', '4', '5'])
        expect((await register({}, undefined, `2001:db8:0:7::${tail}`)).status).to.equal(201);
      expect((await register({}, undefined, '2001:db8:0:7:ffff::1')).status).to.equal(429);
      expect((await register({}, undefined, '2001:db8:0:8::1')).status).to.equal(201);
    });
  });

  it('takes no more than the share of the account that apps may have, however many come at once', async () => {
    const counted = async () =>
      (await redis.zcard(keys.apps)) + (await redis.zcard(keys.unfinishedRegistrations));
    const there = await counted();
    const settings = {
      APPLICATION_LIMIT: String((there + 3) * 2),
      APPLICATION_SHARE_OF_APPS: '50',
      REGISTRATIONS_PER_ADDRESS: '1000',
    };
    await at(settings, async (register) => {
      const token = (await issue({ max_uses: 100 })).token;
      const answers = await Promise.all(Array.from({ length: 20 }, () => register({}, `Bearer ${token}`)));
      const made = answers.filter(({ status }) => status === 201);
      // A place is counted twice for the moment between its app's entry and its answer: never more, perhaps fewer.
      expect(made.length).to.be.within(1, 3);
      while ((await counted()) < there + 3)
        expect((await register({}, `Bearer ${token}`)).status).to.equal(201);
      const full = await register({}, `Bearer ${token}`);
      expect([full.status, full.body['error']]).to.deep.equal([503, 'temporarily_unavailable']);
      expect(Number(full.headers.get('retry-after'))).to.be.above(60);
      const { body } = await call('GET', '/v1/initial-access-tokens', { as: await operator() });
      const [used] = (body.initial_access_tokens as { max_uses: number; uses: number }[]).filter(
        (one) => one.max_uses === 100,
      );
      expect(used!.uses).to.be.within(made.length, 3);
    });
  });
});
