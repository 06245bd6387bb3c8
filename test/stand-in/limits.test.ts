import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import type { LogEvent } from '../../src/stand-in/store/records.ts';
import { TokenBucket } from '../../src/stand-in/limits/token-bucket.ts';
import { AUDIENCE, callManagement, operatorToken, postToken, startStandIn } from './account.ts';
import { signIn } from './sign-in-as-spa.ts';

describe('stand-in: limits', () => {
  describe('token bucket (Auth0 docs, "Rate limit policy")', () => {
    it('allows its size at once, then what is refilled by the millisecond', () => {
      let time = 1_000_000;
      const bucket = new TokenBucket({ burst: 3, refill: 2, per: 'second' }, () => time);
      const take = () => bucket.take().allowed;
      expect([take(), take(), take(), take()]).to.deep.equal([true, true, true, false]);
      time += 499;
      expect(take()).to.equal(false);
      time += 1;
      expect([take(), take()]).to.deep.equal([true, false]);
      time += 60_000;
      expect([take(), take(), take(), take()]).to.deep.equal([true, true, true, false]);
    });

    it('says when the next token comes, in seconds, not when it is full ("Rate limit use cases")', () => {
      const bucket = new TokenBucket({ burst: 10, refill: 0.1, per: 'second' }, () => 1_000_000);
      for (let taken = 0; taken < 9; taken += 1) bucket.take();
      expect(bucket.take()).to.deep.equal({
        allowed: true,
        limit: 10,
        remaining: 0,
        resetAt: 1_010,
        warns: false,
      });
    });
  });

  describe('Management API', () => {
    let standIn: StandIn;
    let time = 1_800_000_000_000;

    before(async () => {
      standIn = await startStandIn({ plan: '3,1', now: () => time });
    });
    after(() => standIn.close());

    it('counts down in headers on every answer, answers 429 (public reports), logs api_limit, and goes on', async () => {
      const token = await operatorToken(standIn);
      const call = (path = 'users') => callManagement(standIn, token, 'GET', path);
      const first = await call();
      expect(first.status).to.equal(200);
      expect(first.headers.get('x-ratelimit-limit')).to.equal('3');
      expect(first.headers.get('x-ratelimit-remaining')).to.equal('2');
      expect(first.headers.get('x-ratelimit-reset')).to.equal(String(time / 1000 + 1));
      expect((await call('no-such-route')).headers.get('x-ratelimit-remaining')).to.equal('1');
      expect((await call()).status).to.equal(200);
      const refused = await call();
      expect(refused.status).to.equal(429);
      expect(refused.headers.get('x-ratelimit-remaining')).to.equal('0');
      expect(refused.body).to.deep.equal({
        statusCode: 429,
        error: 'Too Many Requests',
        message: 'Global limit has been reached',
        errorCode: 'too_many_requests',
      });
      time += 1_000;
      const logs = await callManagement<LogEvent[]>(standIn, token, 'GET', 'logs?q=type:api_limit');
      expect(logs.status).to.equal(200);
      expect(logs.body).to.have.length(1);
    });
  });

  describe('by plan (Auth0 docs, "Rate limit configurations")', () => {
    let standIn: StandIn;
    let token: string;
    let time = 1_800_000_000_000;
    const minuteLater = () => (time += 60_000);

    before(async () => {
      standIn = await startStandIn({ now: () => time });
      token = await operatorToken(standIn);
    });
    after(() => standIn.close());
    afterEach(() => minuteLater());

    const call = (method: string, path: string) => callManagement(standIn, token, method, path);
    /** @returns how many calls pass at once */
    const burst = async (one: () => Promise<{ status: number }>) => {
      for (let count = 0; count < 500; count += 1) if ((await one()).status === 429) return count;
      return Infinity;
    };

    it('self-service: a bucket for each group of endpoints, and one for the rest', async () => {
      standIn.controls.change({ plan: 'self-service' });
      const sizes = {
        readUsers: await burst(() => call('GET', 'users/auth0%7Cnobody')),
        writeUsers: await burst(() => call('POST', 'users')),
        deleteUsers: await burst(() => call('DELETE', 'users/auth0%7Cnobody')),
        readLogs: await burst(() => call('GET', 'logs')),
        readClients: await burst(() => call('GET', 'clients')),
        searchClients: await burst(() => call('GET', 'clients?q=x')),
        readConnections: await burst(() => call('GET', 'connections')),
        other: await burst(() => call('GET', 'resource-servers')),
      };
      expect(sizes).to.deep.equal({
        readUsers: 40,
        writeUsers: 20,
        deleteUsers: 20,
        readLogs: 10,
        readClients: 5,
        searchClients: 5,
        readConnections: 5,
        other: 10,
      });
      // Shared by everything that has no bucket of its own.
      expect((await call('GET', 'roles')).status).to.equal(429);
      // PATCH and POST are one group.
      expect((await call('PATCH', 'users/auth0%7Cann')).status).to.equal(429);
    });

    it('self-service: refilled by the second, and says which group it was (public reports of the text)', async () => {
      standIn.controls.change({ plan: 'self-service' });
      const write = () => call('POST', 'users');
      expect(await burst(write)).to.equal(20);
      const refused = await write();
      expect(refused.body).to.deep.equal({
        statusCode: 429,
        error: 'Too Many Requests',
        message: 'Global per minute users_write group limit has been reached',
        errorCode: 'too_many_requests',
      });
      // 200 a minute are 3⅓ a second, which come at its end.
      time += 999;
      expect(await burst(write)).to.equal(0);
      time += 1;
      expect(await burst(write)).to.equal(3);
    });

    it('free and enterprise: one bucket for all', async () => {
      standIn.controls.change({ plan: 'free' });
      expect(await burst(() => call('GET', 'logs'))).to.equal(2);
      expect((await call('POST', 'users')).status).to.equal(429);
      standIn.controls.change({ plan: 'enterprise' });
      expect(await burst(() => call('GET', 'users'))).to.equal(50);
      time += 1_000;
      expect(await burst(() => call('GET', 'users'))).to.equal(16);
    });

    const ORGANIZATION_GROUPS: [
      group: string,
      method: string,
      path: string,
      selfService: number,
      enterprise: number,
    ][] = [
      ['organizations_read', 'GET', 'organizations', 5, 10],
      ['organizations_read_by_id', 'GET', 'organizations/org_a', 20, 10],
      ['organizations_read_by_name', 'GET', 'organizations/name/a', 10, 20],
      ['organizations_write', 'PATCH', 'organizations/org_a', 5, 5],
      ['organization_members_read', 'GET', 'organizations/org_a/members', 20, 40],
      ['organization_members_write', 'DELETE', 'organizations/org_a/members', 20, 20],
      ['organization_member_roles_read', 'GET', 'organizations/org_a/members/auth0%7Ca/roles', 20, 20],
      ['organization_member_roles_write', 'POST', 'organizations/org_a/members/auth0%7Ca/roles', 20, 20],
      ['organization_connections_read', 'GET', 'organizations/org_a/enabled_connections', 5, 10],
      ['organization_connections_write', 'PATCH', 'organizations/org_a/enabled_connections/con_a', 5, 5],
      ['organization_client_grants_read', 'GET', 'organizations/org_a/client-grants', 10, 10],
      ['organization_client_grants_write', 'DELETE', 'organizations/org_a/client-grants/cgr_a', 5, 5],
      ['organization_invitations_read', 'GET', 'organizations/org_a/invitations', 10, 20],
      ['user_organizations_read', 'GET', 'users/auth0%7Cann/organizations', 40, 40],
      ['other', 'POST', 'organizations/org_a/invitations', 10, 50],
      ['other', 'GET', 'organizations/org_a/discovery-domains', 10, 50],
    ];
    for (const [group, method, path, selfService, enterprise] of ORGANIZATION_GROUPS)
      it(`organizations, ${method} ${path}: a bucket of its own, at enterprise beside the one of all`, async () => {
        for (const [plan, size] of [
          ['self-service', selfService],
          ['enterprise', enterprise],
        ] as const) {
          standIn.controls.change({ plan });
          expect(await burst(() => call(method, path)), plan).to.equal(size);
          const { body } = await call(method, path);
          const isOther = group === 'organization_invitations_read' && plan === 'self-service';
          expect(body['message'], plan).to.equal(
            plan === 'enterprise' && size === 50
              ? 'Global limit has been reached'
              : `Global per minute ${isOther ? 'other' : group} group limit has been reached`,
          );
        }
        // What was refused for its group has cost the account a call nevertheless.
        standIn.controls.change({ plan: 'enterprise' });
        const left = 50 - (await burst(() => call(method, path))) - (enterprise === 50 ? 0 : 1);
        expect(await burst(() => call('GET', 'roles'))).to.equal(left);
      });

    it('warns once at four fifths ("Rate limit use cases")', async () => {
      standIn.controls.change({ plan: '10,0.01' });
      for (let spent = 0; spent < 10; spent += 1) await call('GET', 'users');
      const warnings = [...standIn.store.logs.values()].filter(({ type }) => type === 'api_limit_warning');
      expect(warnings.at(-1)?.details).to.deep.equal({ request: { method: 'get', path: 'users' } });
      const before = warnings.length;
      await call('GET', 'users');
      expect(
        [...standIn.store.logs.values()].filter(({ type }) => type === 'api_limit_warning'),
      ).to.have.length(before);
    });

    it('caps on applications and grants ("Entity limit policy")', async () => {
      standIn.controls.change({ plan: 'free' });
      const add = async (name: string) => {
        time += 1_000;
        return callManagement(standIn, token, 'POST', 'clients', { name });
      };
      while (standIn.store.clients.size < 10)
        expect((await add(`client ${standIn.store.clients.size}`)).status).to.equal(201);
      const { status, body } = await add('one too many');
      expect(status).to.equal(403);
      expect(body['errorCode']).to.equal('too_many_entities');
    });

    it('authentication: all of it, the token endpoint, the key set, registrations', async () => {
      const get = (path: string) => fetch(standIn.url + path);
      const exchange = () => postToken(standIn, { grant_type: 'client_credentials' });
      const register = () =>
        fetch(`${standIn.url}oidc/register`, { method: 'POST', body: JSON.stringify({ redirect_uris: [] }) });
      standIn.controls.change({ plan: 'free' });
      expect(await burst(exchange)).to.equal(30);
      expect(await burst(() => get('.well-known/jwks.json'))).to.equal(20);
      expect(await burst(register)).to.equal(5);
      expect(await burst(() => get('.well-known/openid-configuration'))).to.equal(300 - 30 - 20 - 5 - 3);
      standIn.controls.change({ plan: 'self-service' });
      expect(await burst(exchange)).to.equal(25);
      const refused = await exchange();
      expect(refused.body['error']).to.equal('too_many_requests');
      expect(refused.headers.get('x-ratelimit-limit')).to.equal('25');
      expect(refused.headers.get('x-ratelimit-remaining')).to.equal('0');
      standIn.controls.change({ plan: 'enterprise' });
      expect(await burst(exchange)).to.equal(100);
    });

    it('/userinfo: ten for each user, then five a minute', async () => {
      standIn.controls.change({ plan: 'enterprise' });
      const { access_token } = await signIn(standIn, { scope: 'openid' });
      const ask = () =>
        fetch(`${standIn.url}userinfo`, { headers: { authorization: `Bearer ${access_token}` } });
      expect(await burst(ask)).to.equal(10);
      minuteLater();
      expect(await burst(ask)).to.equal(5);
    });
  });

  describe('quota of machine-to-machine tokens (Auth0 docs, "Fine-grained M2M token quotas")', () => {
    let standIn: StandIn;
    // A quarter past an hour of UTC.
    let time = Date.UTC(2027, 0, 1, 10, 15);
    const exchange = () =>
      postToken(standIn, {
        grant_type: 'client_credentials',
        client_id: 'key',
        client_secret: 'key-secret',
        audience: AUDIENCE,
      });
    const setQuota = async (client_credentials: object) =>
      callManagement(standIn, await operatorToken(standIn), 'PATCH', 'clients/key', {
        token_quota: { client_credentials },
      });

    beforeEach(async () => {
      standIn = await startStandIn({ now: () => time });
    });
    afterEach(() => standIn.close());

    it('is told with every token, refused when it is used up, and new with the hour', async () => {
      await setQuota({ per_hour: 2, per_day: 3 });
      const [first, second, third] = [await exchange(), await exchange(), await exchange()];
      expect([first.status, second.status, third.status]).to.deep.equal([200, 200, 429]);
      expect(first.headers.get('auth0-client-quota-limit')).to.equal(
        'b=per_hour;q=2;r=1;t=2700,b=per_day;q=3;r=2;t=49500',
      );
      expect(third.body).to.deep.equal({
        error: 'too_many_requests',
        error_description: 'Client quota exceeded',
      });
      expect(third.headers.get('retry-after')).to.equal('2700');
      expect(third.headers.get('auth0-client-quota-limit')).to.contain('b=per_hour;q=2;r=0;t=2700');
      time += 45 * 60_000;
      expect([(await exchange()).status, (await exchange()).status]).to.deep.equal([200, 429]);
      time += 13 * 3_600_000;
      expect((await exchange()).status).to.equal(200);
      const types = [...standIn.store.logs.values()].map(({ type }) => type);
      expect(types).to.include('token_quota_consumption_warning');
    });

    it('is only counted where it is not enforced', async () => {
      await setQuota({ per_hour: 1, enforce: false });
      await exchange();
      const { status, headers } = await exchange();
      expect(status).to.equal(200);
      expect(headers.get('auth0-client-quota-limit')).to.match(/^b=per_hour;q=1;r=0;t=\d+$/);
    });

    it('does not spare the limit of the token endpoint', async () => {
      await setQuota({ per_hour: 1 });
      standIn.controls.change({ plan: 'self-service' });
      await exchange();
      const { headers } = await exchange();
      expect(headers.get('x-ratelimit-remaining')).to.equal('23');
    });
  });

  it('without limits says nothing about them', async () => {
    const standIn = await startStandIn();
    try {
      const answer = await callManagement(standIn, await operatorToken(standIn), 'GET', 'users');
      expect(answer.headers.has('x-ratelimit-limit')).to.equal(false);
    } finally {
      await standIn.close();
    }
  });

  it('can be as slow as a far-away authority', async () => {
    const standIn = await startStandIn({ latency: { minMs: 60, maxMs: 80 } });
    try {
      const token = await operatorToken(standIn);
      const begun = performance.now();
      await callManagement(standIn, token, 'GET', 'users');
      expect(performance.now() - begun).to.be.at.least(59);
    } finally {
      await standIn.close();
    }
  });
});
