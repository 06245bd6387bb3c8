/** A decision on an app is about what was decided: whatever goes beyond it is pending again for those who decided, who are told. */
import { expect } from 'chai';
import { generateKeyPairSync } from 'node:crypto';
import { until } from '../support/api-keys.ts';
import {
  appMetadata,
  letIn,
  registerApp,
  toApp,
  type AppTokens,
  type RegisteredApp,
} from '../support/apps.ts';
import { auditEvents, eventsSince, type AuditEvent } from '../support/audit.ts';
import { operator, user, type TenantId } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { json, serveMetadata } from '../stand-in/metadata-server.ts';
import { world, WORLD_MS } from '../support/world.ts';

const HTTPS = 'https://reports.example/done';
const LOOPBACK = appMetadata()['redirect_uris'] as string[];
const key = () => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
});
const [firstKey, secondKey] = [key(), key()];
const keyed = (...keys: object[]) => ({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys } });

const setStatus = async (clientId: string, status: string) =>
  call('PATCH', `/v1/apps/${encodeURIComponent(clientId)}`, { as: await operator(), body: { status } });
const decide = async (tenant: TenantId, clientId: string, decision: string) =>
  call('PUT', `/v1/tenant/apps/${encodeURIComponent(clientId)}`, {
    as: await user(tenant),
    body: { decision },
  });
const seenBy = async (tenant: TenantId | 'operator', clientId: string) => {
  const [path, as] =
    tenant === 'operator'
      ? (['/v1/apps?limit=100', await operator()] as const)
      : (['/v1/tenant/apps', await user(tenant)] as const);
  const { body } = await call('GET', path, { as });
  return (body.apps as Record<string, unknown>[]).find(({ client_id }) => client_id === clientId)!;
};
const put = (app: RegisteredApp, more: object) =>
  call('PUT', app.path, { as: app.manages, body: { ...appMetadata(more), client_id: app.clientId } });
const codeOf = async ({ as }: AppTokens, api: 0 | 1 = 1) => {
  const { status, body } = await call('GET', '/v1/me', { as, api });
  return status === 200 ? 'in' : (body.code as string);
};
/** Who was told, once all of those were. That nobody else was is seen in the end, over all apps. */
async function lapses(clientId: string, count: number): Promise<string[]> {
  let found: AuditEvent[] = [];
  await until(async () => {
    found = await auditEvents({ type: 'app.decision_lapsed', target: clientId });
    return found.length >= count;
  });
  return found.map(({ tenant_id = 'operator' }) => tenant_id).sort();
}

describe('a decision on an app', () => {
  const began = new Date();
  /** How many are told of the end of a decision on each app. */
  const toldOf = new Map<string, number>();

  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  /** What it was decided on, what it becomes, and whether that goes beyond. */
  const changes: [name: string, before: object, after: object, goesBeyond: boolean][] = [
    ['no scope said', { scope: 'read:tenant' }, {}, false],
    ['an empty scope', { scope: 'read:tenant' }, { scope: '' }, false],
    ['fewer scopes', { scope: 'read:tenant read:users' }, { scope: 'read:tenant' }, false],
    ['one more scope', { scope: 'read:tenant' }, { scope: 'read:tenant read:users' }, true],
    ['another scope', { scope: 'read:tenant' }, { scope: 'read:users' }, true],
    [
      'a path on a host that it had',
      { redirect_uris: [HTTPS, ...LOOPBACK] },
      { redirect_uris: [`${HTTPS}/too`, ...LOOPBACK] },
      false,
    ],
    ['a host less', { redirect_uris: [HTTPS, ...LOOPBACK] }, {}, false],
    ['another host', {}, { redirect_uris: ['https://elsewhere.example/done', ...LOOPBACK] }, true],
    [
      'another port of its host',
      { redirect_uris: [HTTPS, ...LOOPBACK] },
      { redirect_uris: ['https://reports.example:8443/done', ...LOOPBACK] },
      true,
    ],
    ['a private-use scheme', {}, { redirect_uris: ['com.example.app:/done', ...LOOPBACK] }, true],
    ['another name', {}, { client_name: 'Your Bank' }, true],
    ['a name in another language', {}, { 'client_name#ja': '銀行' }, true],
    ['a logo', {}, { logo_uri: 'https://bank.example/logo.png' }, true],
    ['a page', {}, { client_uri: 'https://bank.example/' }, true],
    ['contacts and terms', {}, { contacts: ['ada@reports.example'], tos_uri: 'https://a.example/' }, false],
    ['a key more', keyed(firstKey), keyed(firstKey, secondKey), true],
    ['another key', keyed(firstKey), keyed(secondKey), true],
    ['a key less', keyed(firstKey, secondKey), keyed(firstKey), false],
    ['an address of keys', {}, { jwks_uri: 'https://keys.example/jwks' }, true],
    ['no proof of itself any more', keyed(firstKey), {}, true],
  ];
  for (const [name, before, after, goesBeyond] of changes) {
    it(`${goesBeyond ? 'ends' : 'stays'} with ${name}, for operator and tenant alike`, async () => {
      const app = await registerApp(before);
      await setStatus(app.clientId, 'approved');
      await decide('acme', app.clientId, 'allowed');
      expect((await put(app, after)).status).to.equal(200);
      const [all, own, other] = await Promise.all(
        (['operator', 'acme', 'globex'] as const).map((who) => seenBy(who, app.clientId)),
      );
      expect(all!['status']).to.equal(goesBeyond ? 'pending' : 'approved');
      expect(all!['lapsed_at'] !== undefined).to.equal(goesBeyond);
      expect([own!['decision'], own!['access']]).to.deep.equal(
        goesBeyond ? ['undecided', 'denied'] : ['allowed', 'allowed'],
      );
      expect(other).to.equal(undefined);
      const told = goesBeyond ? ['acme', 'operator'] : [];
      expect(await lapses(app.clientId, told.length)).to.deep.equal(told);
      toldOf.set(app.clientId, told.length);
    });
  }

  it('is not widened by an update that says no scope: the app keeps what it had', async () => {
    const app = await registerApp({ scope: 'read:tenant' });
    const { body } = await put(app, {});
    expect(body.scope).to.equal('read:tenant');
    expect((await seenBy('operator', app.clientId))['scopes']).to.deep.equal(['read:tenant']);
    // Nor by one that says none that is known.
    const other = await registerApp({ scope: 'read:tenant' });
    expect((await put(other, { scope: 'nothing:here' })).body.scope).to.equal('read:tenant');
  });

  it('that has ended shuts the app out on every process, and does not come back by changing back', async () => {
    const app = await registerApp({ scope: 'read:tenant' });
    await setStatus(app.clientId, 'approved');
    await decide('acme', app.clientId, 'allowed');
    const [acme, globex] = [
      await letIn(app, 'acme', { scope: 'read:tenant' }),
      await letIn(app, 'globex', { scope: 'read:tenant' }),
    ];
    expect([await codeOf(acme), await codeOf(globex)]).to.deep.equal(['in', 'in']);
    const other = toApp(await put(app, { scope: 'read:tenant', client_name: 'Your Bank' }));
    for (const tokens of [acme, globex])
      for (const api of [0, 1] as const)
        await until(async () => (await codeOf(tokens, api)) === 'app_not_allowed');
    // Who consented while it was called so must not be its user when it is called as before.
    const back = toApp(await put(other, { scope: 'read:tenant' }));
    expect(await seenBy('acme', app.clientId)).to.include({ name: 'Test Reports', access: 'denied' });
    expect(await codeOf(acme)).to.equal('app_not_allowed');
    // Each decides for itself.
    await decide('acme', app.clientId, 'allowed');
    await until(async () => (await codeOf(acme)) === 'in');
    expect(await codeOf(globex)).to.equal('app_not_allowed');
    await setStatus(app.clientId, 'approved');
    await until(async () => (await codeOf(globex)) === 'in');
    expect((await seenBy('operator', app.clientId))['lapsed_at']).to.equal(undefined);
    // And what they decided on now holds as before.
    expect((await put(back, { scope: 'read:tenant read:users' })).status).to.equal(200);
    await until(async () => (await codeOf(acme)) === 'app_not_allowed');
  });

  it('covers what an app does within it: fewer scopes, and the same again', async () => {
    const app = await registerApp({ scope: 'read:tenant read:users' });
    await setStatus(app.clientId, 'approved');
    const fewer = toApp(await put(app, { scope: 'read:tenant' }));
    const again = toApp(await put(fewer, { scope: 'read:tenant read:users' }));
    expect(await seenBy('operator', app.clientId)).to.include({ status: 'approved' });
    await put(again, { scope: 'read:tenant read:users create:users' });
    expect(await seenBy('operator', app.clientId)).to.include({ status: 'pending' });
  });

  it('of a tenant that vouched ends when the app renames itself and moves; others’ stay what they are', async () => {
    const { body } = await call('POST', '/v1/tenant/initial-access-tokens', {
      as: await user('acme'),
      body: { name: 'A partner' },
    });
    const app = await registerApp({ scope: 'read:tenant' }, `Bearer ${body.token}`);
    const tokens = await letIn(app, 'acme', { scope: 'read:tenant' });
    expect(await codeOf(tokens)).to.equal('in');
    const moved = { client_name: 'Your Bank', redirect_uris: ['https://elsewhere.example/done'] };
    await put(app, { scope: 'read:tenant', ...moved });
    await until(async () => (await codeOf(tokens)) === 'app_not_allowed');
    expect(await lapses(app.clientId, 1)).to.deep.equal(['acme']);
    expect(await seenBy('acme', app.clientId)).to.include({ vouched_for: true, access: 'denied' });
    expect(await seenBy('acme', app.clientId)).to.have.property('lapsed_at');
    await decide('acme', app.clientId, 'allowed');
    await until(async () => (await codeOf(tokens)) === 'in');
  });

  it('that shuts an app out stays, whatever it becomes: denied, blocked, and left pending', async () => {
    const app = await registerApp();
    await setStatus(app.clientId, 'blocked');
    await decide('acme', app.clientId, 'denied');
    const renamed = toApp(await put(app, { client_name: 'Another' }));
    expect(await seenBy('operator', app.clientId)).to.include({ status: 'blocked' });
    expect(await seenBy('acme', app.clientId)).to.include({ decision: 'denied', access: 'blocked' });
    await setStatus(app.clientId, 'pending');
    await put(renamed, { client_name: 'A third one' });
    // What approves new apps by themselves does not approve one that a person left pending.
    expect(await seenBy('operator', app.clientId)).to.include({ status: 'pending' });
    toldOf.set(app.clientId, 0);
  });

  it('ends with a change that the authority does not take, too: nobody knows what it shows now', async () => {
    const app = await registerApp();
    await setStatus(app.clientId, 'approved');
    const { control } = await world();
    const { id } = await control.addFault({
      method: 'PATCH',
      path: '/api/v2/clients/{id}',
      effect: { kind: 'answer', status: 400 },
    });
    const { status } = await put(app, { client_name: 'Your Bank' }).finally(() => control.removeFault(id));
    expect(status).to.be.at.least(400);
    expect(await seenBy('operator', app.clientId)).to.include({ status: 'pending', name: 'Test Reports' });
  });

  it('ends when it is made on what the app was, while the app changes', async () => {
    const app = await registerApp({ scope: 'read:tenant' });
    await setStatus(app.clientId, 'pending');
    const decisions = Array.from({ length: 10 }, () => decide('acme', app.clientId, 'allowed'));
    const [answer] = await Promise.all([put(app, { client_name: 'Your Bank' }), ...decisions]);
    expect(answer.status).to.equal(200);
    const { decision, access, name } = await seenBy('acme', app.clientId);
    expect(name).to.equal('Your Bank');
    // Decided before the change: lapsed; after it: made on what it is now. Never one for the other.
    if (decision === 'allowed') {
      expect(access).to.equal('allowed');
      await put(toApp(answer), {});
      expect(await seenBy('acme', app.clientId)).to.include({ decision: 'undecided', access: 'denied' });
    } else expect([decision, access]).to.deep.equal(['undecided', 'denied']);
  });

  it('is not made on an app that has become another one since it was seen, where it says which that was', async () => {
    const more: [string, object][] = [
      ['name', { client_name: 'Your Bank' }],
      ['scope', { scope: 'read:tenant read:users' }],
      ['host', { redirect_uris: ['https://elsewhere.example/done'] }],
      ['logo', { logo_uri: 'https://bank.example/logo.png' }],
      ['key', keyed(firstKey)],
    ];
    for (const [what, change] of more) {
      const app = await registerApp({ scope: 'read:tenant' });
      await setStatus(app.clientId, 'pending');
      const { version } = await seenBy('operator', app.clientId);
      const path = `/v1/tenant/apps/${app.clientId}`;
      const allow = async (named: unknown) =>
        call('PUT', path, { as: await user('acme'), body: { decision: 'allowed', version: named } });
      const approve = async (named: unknown) =>
        call('PATCH', `/v1/apps/${app.clientId}`, {
          as: await operator(),
          body: { status: 'approved', version: named },
        });
      expect((await put(app, { scope: 'read:tenant', ...change })).status, what).to.equal(200);
      for (const decision of [allow, approve]) {
        const { status, body } = await decision(version);
        expect([status, body.code], what).to.deep.equal([412, 'precondition_failed']);
      }
      expect(await seenBy('operator', app.clientId), what).to.include({ status: 'pending' });
      const now = await seenBy('operator', app.clientId);
      expect(now['version'], what).not.to.equal(version);
      const { body } = await allow(now['version']);
      expect(body, what).to.include({ access: 'allowed', version: now['version'] });
      expect((await approve(now['version'])).body, what).to.include({ status: 'approved' });
    }
  });

  it('on an app with a metadata document ends when the document goes beyond it', async () => {
    const site = await serveMetadata();
    try {
      const id = `${site.origin}/decided.json`;
      const serve = (more: object) =>
        site.answers.set(
          '/decided.json',
          json(
            {
              ...appMetadata(),
              client_id: id,
              client_name: 'A tool',
              application_type: 'native',
              scope: 'read:tenant',
              grant_types: ['authorization_code', 'refresh_token'],
              ...more,
            },
            { 'cache-control': 'no-store' },
          ),
        );
      const start = async () =>
        expect((await call('GET', `/oauth/authorize?client_id=${encodeURIComponent(id)}`)).status).to.equal(
          302,
        );
      serve({});
      await start();
      for (const beyond of [
        { client_name: 'Your Bank' },
        { scope: 'read:tenant read:users' },
        { scope: undefined },
        { redirect_uris: ['https://elsewhere.example/x'] },
        { client_uri: 'https://bank.example/' },
        { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: `${site.origin}/keys` },
      ]) {
        serve({});
        site.answers.set('/keys', json({ keys: [{ ...firstKey, kid: 'a', alg: 'RS256' }] }));
        await start();
        await setStatus(id, 'approved');
        await decide('acme', id, 'allowed');
        serve(beyond);
        await start();
        const what = JSON.stringify(beyond);
        expect(await seenBy('operator', id), what).to.include({ status: 'pending' });
        expect(await seenBy('acme', id), what).to.include({ decision: 'undecided', access: 'denied' });
        toldOf.set(id, (toldOf.get(id) ?? 0) + 2);
      }
    } finally {
      await site.close();
    }
  });

  it('that ended was told to each who made it once, and no other was', async () => {
    const events = (await eventsSince(began)).filter(({ type }) => type === 'app.decision_lapsed');
    const counts = [...toldOf.keys()].map((id) => events.filter(({ target }) => target === id).length);
    expect(counts).to.deep.equal([...toldOf.values()]);
    expect(Math.max(...counts)).to.be.above(0);
  });
});
