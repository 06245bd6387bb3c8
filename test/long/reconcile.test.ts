/** The registry compared with the authority, and made anew from there: in a deployment of its own, whose Redis is emptied. */
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { Redis } from 'ioredis';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { settingsUserId } from '../../workers/relay/tenant-settings.ts';
import { newApiKey, toKey, tryKey, until, type NewKey } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { json, serveMetadata } from '../stand-in/metadata-server.ts';
import { APP_REDIRECT, letIn, registerApp } from '../support/apps.ts';
import { auditEvents } from '../support/audit.ts';
import { ownWorld, type OwnDeployment } from '../support/own-deployment.ts';
import { adminOf, aSharedTenant, aTenant, removeTenant, signIn } from '../support/tenants.ts';
import { moveInto, world, WORLD_MS } from '../support/world.ts';
import { workerEnvironment } from '../support/worker-environment.ts';

interface Told {
  what: string;
  client_id: string;
  tenant_id?: string;
  done: string;
}

/** The command, as an operator of a deployment calls it. */
async function run(settings: Record<string, string>, ...options: string[]) {
  const env = { ...workerEnvironment(await world()), ...settings };
  // What `npm run reconcile` runs, without the time that npm takes.
  const args = ['--import', 'tsx', 'workers/reconcile-command.ts', ...options];
  return promisify(execFile)(process.execPath, args, { env });
}

/** @returns what it told, by client id */
async function reconcile(graceSeconds: number, ...options: string[]): Promise<Map<string, Told>> {
  const { stdout } = await run({ STRAY_GRACE_SECONDS: String(graceSeconds) }, ...options);
  const told = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Told);
  return new Map(told.map((one) => [one.client_id, one]));
}

const statusAt = async (key: NewKey, api: 0 | 1) => (await tryKey((await world()).apis[api], key.as)).status;
const bothStatuses = async (key: NewKey) => [await statusAt(key, 0), await statusAt(key, 1)];

async function aStray(tenantId: string): Promise<string> {
  const client_metadata = { kind: 'tenant', tenant_id: tenantId, key_id: randomUUID() };
  const sdk = await management();
  const client = await sdk.clients.create({ name: 'A stray', app_type: 'non_interactive', client_metadata });
  return client.client_id!;
}

async function isAtAuthority(clientId: string): Promise<boolean> {
  return (await management()).clients.get(clientId).then(
    () => true,
    () => false,
  );
}

describe('npm run reconcile', () => {
  let own: OwnDeployment;
  let moveOut: () => void;
  let redis: Redis;
  before(async function () {
    this.timeout(WORLD_MS);
    // Its upkeep would mend what the comparison is to find.
    const workerSettings = { UPKEEP_SECONDS: '3600' };
    const started = await ownWorld({ apiSettings: { NEW_APPS: 'pending' }, workerSettings });
    own = started;
    moveOut = moveInto(started);
    redis = connectForWaiting(own.redis);
    // The worker compares once at its start.
    await until(async () => (await redis.exists(keys.registryBorn)) === 1);
  });
  after(async function () {
    this.timeout(WORLD_MS);
    redis?.disconnect();
    moveOut?.();
    await own?.end();
  });

  it('ends with a sentence, and no stack, where it cannot be done', async () => {
    const ends: [settings: Record<string, string>, sentence: RegExp][] = [
      [{ AUTH0_CLIENT_SECRET: 'none' }, /ended early: Management API: refused \(401 /],
      [{ AUTHORITY_URL: 'http://localhost:1/' }, /ended early: Management API: unavailable$/m],
    ];
    for (const [settings, sentence] of ends) {
      const ended = await run(settings, '--dry-run').catch(
        (error: { code: number; stderr: string }) => error,
      );
      expect(ended).to.include({ code: 1 });
      expect(ended.stderr)
        .to.match(sentence)
        .and.not.match(/^\s+at /m);
    }
  });

  /** What was told of these clients, oldest first, when at least so much was. */
  async function events(ids: readonly string[], atLeast: number): Promise<string[][]> {
    let found: string[][] = [];
    await until(async () => {
      found = (await auditEvents({ principal_kind: 'system' }))
        .filter(({ target = '' }) => ids.includes(target))
        .map(({ type, target = '', tenant_id = '-' }) => [type, target, tenant_id]);
      return found.length >= atLeast;
    });
    return found.sort();
  }

  /** One that the operator approved, one that it blocked, one that a tenant vouched for. */
  async function decidedApps() {
    const as = await operator();
    const setStatus = (clientId: string, status: string) =>
      call('PATCH', `/v1/apps/${clientId}`, { as, body: { status } });
    const [approved, blocked] = [await registerApp({ client_name: 'Approved' }), await registerApp()];
    await setStatus(approved.clientId, 'approved');
    await setStatus(blocked.clientId, 'blocked');
    const { token } = (
      await call('POST', '/v1/tenant/initial-access-tokens', {
        as: await user('acme'),
        body: { name: 'A partner' },
      })
    ).body;
    return { approved, blocked, vouched: await registerApp({}, `Bearer ${token}`) };
  }

  /** By client id, as the operator sees them: all but when they were registered and used. */
  async function seenApps(): Promise<Record<string, object>> {
    const { apps } = (await call('GET', '/v1/apps', { as: await operator() })).body;
    return Object.fromEntries(
      apps.flatMap(
        ({
          client_id,
          registration,
          registered_at: _at,
          last_used_at: _last,
          ...rest
        }: Record<string, string>) => (registration === 'dynamic' ? [[client_id, rest]] : []),
      ),
    );
  }

  it('tells what only one side knows, and removes it when its grace time is over', async () => {
    const sdk = await management();
    const orphan = await aStray('acme');
    const stranger = await aStray(`nobody-${randomUUID()}`);
    const [missing, bare, good] = [await newApiKey('acme'), await newApiKey('acme'), await newApiKey('acme')];
    await sdk.clients.delete(missing.clientId);
    const [grant] = (await sdk.clientGrants.list({ client_id: bare.clientId })).data;
    await sdk.clientGrants.delete(grant!.id!);
    const ids = [orphan, stranger, missing.clientId, bare.clientId, good.clientId];
    const told = async (graceSeconds: number, ...options: string[]) => {
      const all = await reconcile(graceSeconds, ...options);
      return ids.map((id) => [all.get(id)?.what, all.get(id)?.done]);
    };
    const isListed = async (key: NewKey) => (await call('GET', key.path, { as: await user('acme') })).status;
    expect(await told(0, '--dry-run')).to.deep.equal([
      // Not known for a moment before: a grace time of nothing is over at once.
      ['orphan_client', 'told'],
      ['orphan_client', 'told'],
      ['missing_client', 'told'],
      ['missing_grant', 'told'],
      [undefined, undefined],
    ]);
    expect((await sdk.clientGrants.list({ client_id: bare.clientId })).data).to.deep.equal([]);
    expect(await told(3_600)).to.deep.equal([
      ['orphan_client', 'waits'],
      ['orphan_client', 'told'],
      ['missing_client', 'waits'],
      ['missing_grant', 'mended'],
      [undefined, undefined],
    ]);
    const found = [
      ['missing_client.found', missing.clientId, 'acme'],
      ['missing_grant.mended', bare.clientId, 'acme'],
      ['orphan_client.found', orphan, 'acme'],
      ['orphan_client.found', stranger, '-'],
    ].sort();
    expect(await events(ids, 4)).to.deep.equal(found);
    expect((await told(3_600)).map(([, done]) => done)).to.deep.equal([
      'waits',
      'told',
      'waits',
      undefined,
      undefined,
    ]);
    expect([await isAtAuthority(orphan), await isListed(missing)]).to.deep.equal([true, 200]);
    expect(await bothStatuses(bare)).to.deep.equal([200, 200]);
    expect(await told(0)).to.deep.equal([
      ['orphan_client', 'removed'],
      ['orphan_client', 'told'],
      ['missing_client', 'removed'],
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect([await isAtAuthority(orphan), await isListed(missing)]).to.deep.equal([false, 404]);
    // What was found is told once, what was done each time, and a dry run tells nothing.
    const removed = [
      ['missing_client.removed', missing.clientId, 'acme'],
      ['orphan_client.removed', orphan, 'acme'],
    ];
    expect(await events(ids, 6)).to.deep.equal([...found, ...removed].sort());
    // The keys of a tenant that was lost are not taken for nobody's.
    expect(await isAtAuthority(stranger)).to.equal(true);
    expect(await bothStatuses(good)).to.deep.equal([200, 200]);
  });

  it('takes no app for missing that came by a metadata document and has another id there', async () => {
    const site = await serveMetadata();
    try {
      const clientId = `${site.origin}/tool`;
      const document = { client_id: clientId, client_name: 'A tool', redirect_uris: [APP_REDIRECT] };
      const more = {
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
      };
      site.answers.set('/tool', json({ ...document, ...more }));
      const query = new URLSearchParams({ client_id: clientId }).toString();
      expect((await call('GET', `/oauth/authorize?${query}`)).status).to.equal(302);
      const sdk = await management();
      const there = (await sdk.clients.list({ is_first_party: false })).data;
      const { client_id: authorityId } = there.find(({ callbacks }) => callbacks?.includes(APP_REDIRECT))!;
      const lasting = { rotation_type: 'non-rotating', expiration_type: 'expiring' } as const;
      await sdk.clients.update(authorityId!, { refresh_token: lasting });
      // The client of a lost tenant, of the test before, is told of each time.
      const found = [...(await reconcile(0)).values()];
      expect(found.filter(({ what }) => what === 'other_settings')).to.deep.equal([
        { what: 'other_settings', client_id: clientId, done: 'mended' },
      ]);
      const { refresh_token: refresh } = await sdk.clients.get(authorityId!);
      expect(refresh?.rotation_type).to.equal('rotating');
      expect(found.filter(({ what }) => what === 'missing_client')).to.deep.equal([]);
      const { apps } = (await call('GET', '/v1/apps', { as: await operator() })).body;
      expect(apps.map(({ client_id }: { client_id: string }) => client_id)).to.include(clientId);
    } finally {
      await site.close();
    }
  });

  it('makes a registry anew that was lost with its Redis, and keys work again', async function () {
    this.timeout(WORLD_MS);
    const as = await operator();
    const tenant = await aTenant({ max_limits: { api_keys: 7 }, allowed_roles: ['admin'] });
    const suspended = await aTenant();
    const deleted = await aTenant();
    // Without web apps of their own, and with one in the shared database.
    const sharing = [
      await aSharedTenant({ max_limits: { api_keys: 7 } }),
      await aSharedTenant({ database: 'own' }),
      await aSharedTenant(),
      await aTenant({ database: 'shared' }),
    ] as const;
    await call('POST', `${sharing[2].path}/suspend`, { as });
    const sharingAdmin = await adminOf(sharing[0]);
    const gone = await aSharedTenant();
    await removeTenant(gone.id, 'delete');
    await removeTenant(deleted.id, 'keep');
    const admin = await adminOf(tenant);
    const settings = { name: 'Named anew', default_app_access: 'deny', limits: { imports: 3 } };
    await call('PATCH', '/v1/tenant', { as: admin, body: settings, headers: { 'if-match': '*' } });
    await call('POST', `${suspended.path}/suspend`, { as });
    const key = await newApiKey('acme', {
      name: 'Kept',
      expires_at: '2036-01-01T00:00:00.000Z',
      allowed_addresses: ['127.0.0.0/8', '::1/128'],
    });
    const rotated = await newApiKey('acme');
    const { body } = await call('POST', `${rotated.path}/rotate`, { as: await user('acme'), body: {} });
    const successor = toKey(body as { client_id: string; client_secret: string });
    const apps = await decidedApps();
    const outside = (await letIn(apps.approved, 'acme')).as;
    /** All that can be read of it. */
    const seen = async () => ({
      tenant: (await call('GET', tenant.path, { as })).body,
      suspended: (await call('GET', suspended.path, { as })).body,
      sharing: await Promise.all(sharing.map(async ({ path }) => (await call('GET', path, { as })).body)),
      keys: await Promise.all(
        [key, rotated, successor].map(async ({ path }) => {
          const {
            uses: _uses,
            last_used_at: _last,
            ...rest
          } = (await call('GET', path, { as: await user('acme') })).body;
          return rest as object;
        }),
      ),
      me: (await call('GET', '/v1/me', { as: outside })).body,
      apps: await seenApps(),
      // By its own registration access token.
      registration: (await call('GET', apps.approved.path, { as: apps.approved.manages })).body.client_name,
    });
    const told = await reconcile(86_400);
    expect(told.get(tenant.clientId)).to.include({ what: 'stale_metadata', done: 'mended' });
    expect(told.get(apps.blocked.clientId)).to.include({ what: 'stale_metadata', done: 'mended' });
    expect(told.get(settingsUserId(sharing[2].id))).to.include({ what: 'stale_metadata', done: 'mended' });
    // What somebody deleted there is written again, and what is as it should be is not.
    await (await management()).users.delete(settingsUserId(sharing[1].id));
    const rewritten = [...(await reconcile(86_400)).values()].filter(({ what }) => what === 'stale_metadata');
    expect(rewritten.map(({ client_id }) => client_id)).to.deep.equal([settingsUserId(sharing[1].id)]);
    await own.parts.worker.stop();
    const before = await seen();
    expect(before.apps[apps.blocked.clientId]).to.include({ status: 'blocked' });
    expect(before.apps[apps.vouched.clientId]).to.include({ status: 'pending', vouched_by: 'acme' });
    expect(before.keys[1]).to.include({ replaced_by: successor.clientId });

    await redis.flushall();
    await until(async () => (await statusAt(key, 0)) === 401 && (await statusAt(key, 1)) === 401);
    const dry = await reconcile(86_400, '--dry-run');
    expect(dry.get(key.clientId)).to.deep.include({ what: 'lost_entry', tenant_id: 'acme', done: 'told' });
    expect(await bothStatuses(key)).to.deep.equal([401, 401]);
    expect((await reconcile(86_400)).get(key.clientId)).to.include({ what: 'lost_entry', done: 'mended' });
    for (const one of [key, rotated, successor])
      await until(async () => (await statusAt(one, 0)) === 200 && (await statusAt(one, 1)) === 200);
    expect(await seen()).to.deep.equal(before);
    expect(await redis.xrange(keys.registryOutbox, '-', '+')).to.satisfy((entries: [string, string[]][]) =>
      entries.some(([, [, text = '']]) => text.includes('lost_entry.mended') && text.includes(key.clientId)),
    );
    const refused = await call('GET', '/v1/tenant', { as: suspended.key });
    expect(refused.body.code).to.equal('tenant_suspended');
    // A user of it is let in, and its pages may call.
    const origin = `https://${tenant.id}.example`;
    const page = await call('GET', '/v1/me', { as: admin, headers: { origin } });
    expect([page.status, page.headers.get('access-control-allow-origin')]).to.deep.equal([200, origin]);
    for (const { path } of [deleted, gone]) expect((await call('GET', path, { as })).status).to.equal(404);
    for (const as of [sharing[0].key, sharingAdmin, await signIn(sharing[0])])
      expect((await call('GET', '/v1/me', { as })).body).to.include({ tenant_id: sharing[0].id });
    const shut = await call('GET', '/v1/tenant', { as: sharing[2].key });
    expect(shut.body.code).to.equal('tenant_suspended');

    // And by itself, as soon as a worker sees that nothing is scheduled any more.
    const worker = await own.startWorker('worker-at-loss', { UPKEEP_SECONDS: '1' });
    try {
      await redis.flushall();
      await until(async () => (await statusAt(key, 0)) === 401);
      await until(async () => (await statusAt(key, 0)) === 200);
      await until(async () => (await redis.exists(keys.registryBorn)) === 1);
      expect(await seen()).to.deep.equal(before);
    } finally {
      await worker.stop();
    }
  });
});
