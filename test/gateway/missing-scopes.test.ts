/** Scopes of services that the API at the authority lacks: what exists goes on, and they are there once they are added. */
import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { json, serveMetadata, type MetadataServer } from '../stand-in/metadata-server.ts';
import { newApiKey, toKey, until, type NewKey } from '../support/api-keys.ts';
import { APP_REDIRECT, registerApp, type RegisteredApp } from '../support/apps.ts';
import { management } from '../support/authority.ts';
import { operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { aTenant, createTenant, leftAtAuthority, newTenantId, tenantToMake } from '../support/tenants.ts';
import { WORLD_MS } from '../support/world.ts';
import { workerEnvironment } from '../support/worker-environment.ts';
import { ordersDeployment, type OrdersDeployment } from './orders-deployment.ts';

const OF_ORDERS = ['read:orders', 'write:orders'];

describe('scopes that the API at the authority lacks', () => {
  let own: OrdersDeployment;
  let scopes: { value: string; description?: string }[];
  /** From the time when the API had all of them. */
  let key: NewKey;
  let app: RegisteredApp;
  /** Has the document of another app, which names no scopes. */
  let site: MetadataServer;
  before(async function () {
    this.timeout(WORLD_MS);
    own = await ordersDeployment({
      // Answers are held against the contract without services, which has no such role.
      services: (usual) => usual.replace("roles:\n  accountant: ['read:orders']\n", ''),
      workerSettings: { UPKEEP_SECONDS: '1' },
    });
    await own.startWorker('worker-2', { UPKEEP_SECONDS: '1' });
    const { data } = await (await management()).resourceServers.list({ identifiers: [own.audience] });
    scopes = data[0]!.scopes!;
    await until(async () => (await missing(0)) === 0 && (await missing(1)) === 0);
    key = await newApiKey('acme', { scopes: ['read:tenant', 'read:orders'] });
    app = await registerApp();
    site = await serveMetadata();
    site.answers.set('/app.json', json(documentAt(), { 'cache-control': 'no-store' }));
  });
  after(async () => {
    await own?.end();
    await site?.close();
  });

  const documentAt = () => ({
    client_id: `${site.origin}/app.json`,
    client_name: 'A tool with a document',
    redirect_uris: [APP_REDIRECT],
    application_type: 'native',
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'none',
  });
  /** Scopes that the authority has granted it, after an authorization request. */
  async function ofDocument(): Promise<string[]> {
    const { client_id } = documentAt();
    const { status } = await call('GET', `/oauth/authorize?${new URLSearchParams({ client_id }).toString()}`);
    expect(status).to.equal(302);
    const sdk = await management();
    const [client] = (await sdk.clients.list({ external_client_id: client_id })).data;
    const grants = await sdk.clientGrants.list({ client_id: client!.client_id!, audience: own.audience });
    return grants.data.flatMap(({ scope }) => scope ?? []);
  }

  const give = async (which: typeof scopes) =>
    void (await (await management()).resourceServers.update(own.audience, { scopes: which }));
  const withoutThem = () => scopes.filter(({ value }) => !OF_ORDERS.includes(value));
  const log = (name: string) => readFileSync(join(own.home, 'logs', `${name}.log`), 'utf8');
  /** `trivium_missing_scopes` of that API process; undefined: unknown. */
  async function missing(api: 0 | 1): Promise<number | undefined> {
    const metrics = await (await fetch(`${own.apis[api]}/metrics`)).text();
    const found = /^trivium_missing_scopes (\d+)$/m.exec(metrics)?.[1];
    return found === undefined ? undefined : Number(found);
  }
  const orders = async (as: string) =>
    (await fetch(`${own.api}/orders/orders`, { headers: { authorization: as } })).status;
  /** `npm run check-services -- FILE --account`, with the environment of a worker. */
  function checkAccount() {
    const args = ['--import', 'tsx', 'src/start/check-services.ts', own.file, '--account'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: workerEnvironment(own),
    });
    return { status, stdout, stderr };
  }
  const newKey = async (wanted: string[]) =>
    call('POST', '/v1/tenant/api-keys', {
      as: await user('acme'),
      body: { name: 'A key', scopes: wanted },
    });
  const supported = async (api: 0 | 1 = 0) => {
    const { body } = await call('GET', '/.well-known/oauth-protected-resource', { api });
    return body.scopes_supported as string[];
  };
  /** Where this API sends an app's user, by its `scope`. */
  async function askedFor(scope?: string): Promise<string[]> {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: APP_REDIRECT,
      connection: 'users',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
      ...(scope !== undefined && { scope }),
    });
    const { status, headers } = await call('GET', `/oauth/authorize?${query.toString()}`);
    expect(status).to.equal(302);
    return new URL(headers.get('location')!).searchParams.get('scope')!.split(' ');
  }

  it('are found by every process while it runs, with where they are declared', async () => {
    expect(await supported()).to.include('read:orders');
    await give(withoutThem());
    for (const { pid } of [own.parts.api, own.parts.worker]) process.kill(pid, 'SIGHUP');
    await until(async () => (await missing(0)) === 2 && (await missing(1)) === 2);
    for (const name of ['api', 'api-2', 'worker', 'worker-2']) {
      await until(() => log(name).includes('lacks the scope write:orders'));
      expect(log(name)).to.match(/services\.yaml:2: the API at the authority lacks the scope read:orders/);
      expect(log(name)).to.match(/services\.yaml:3: the API at the authority lacks the scope write:orders/);
    }
    for (const api of [0, 1] as const) expect(await supported(api)).to.not.include('read:orders');
  });

  it('are found by the check of the file that asks the account', () => {
    const { status, stdout, stderr } = checkAccount();
    expect(status).to.equal(1);
    expect(stdout).to.include('services.yaml is right.');
    expect(stderr).to.match(/services\.yaml:2: the API at the authority lacks the scope read:orders/);
  });

  it('are left out of defaults', async () => {
    const { path, key: first } = await aTenant();
    const tenant = await call('GET', '/v1/tenant', { as: first });
    expect([path, tenant.status]).to.deep.equal([`/v1/tenants/${tenant.body.id}`, 200]);
    const [made] = (await call('GET', '/v1/tenant/api-keys', { as: first })).body.api_keys;
    expect(made.scopes).to.have.members(withoutThem().map(({ value }) => value));
    const registered = (await registerApp()).body['scope'].split(' ');
    expect(registered).to.include('read:users').and.not.include('read:orders');
    const asked = (await registerApp({ scope: 'read:users read:orders' })).body['scope'];
    expect(asked).to.equal('read:users');
    expect(await askedFor())
      .to.include('read:users')
      .and.not.include('read:orders');
    expect(await ofDocument())
      .to.include('read:users')
      .and.not.include('read:orders');
    // Alone it would lead to a token that is good for nothing.
    expect(await askedFor('read:orders')).to.include('read:users');
  });

  it('are refused where they are asked for, and nothing is made', async () => {
    await own.control.forgetCalls();
    const refused = await newKey(['read:tenant', 'read:orders']);
    expect([refused.status, refused.body.code, refused.body.scopes]).to.deep.equal([
      422,
      'scope_not_available',
      ['read:orders'],
    ]);
    const { path } = await newApiKey('acme');
    const changed = await call('PATCH', path, {
      as: await user('acme'),
      body: { name: 'Other', scopes: ['read:tenant', 'write:orders'] },
    });
    expect([changed.status, changed.body.code]).to.deep.equal([422, 'scope_not_available']);
    const after = await call('GET', path, { as: await user('acme') });
    expect([after.body.name, after.body.scopes]).to.deep.equal(['A test key', ['read:tenant']]);
    // One is that of the key that was made.
    const calls = await own.control.calls();
    expect(calls['POST /api/v2/clients']).to.deep.equal({ 201: 1 });
    expect(calls['PATCH /api/v2/client-grants/{id}']).to.equal(undefined);

    const id = newTenantId();
    const body = {
      ...tenantToMake(id),
      database: 'own',
      api_key: { scopes: ['read:tenant', 'read:orders'] },
    };
    await own.control.forgetCalls();
    const tenant = await createTenant(body);
    expect([tenant.status, tenant.body.code]).to.deep.equal([422, 'scope_not_available']);
    // The upkeep writes settings of other tenants to their clients when it is time.
    const writes = Object.keys(await own.control.calls()).filter(
      (name) => /^(POST|PATCH|PUT) \/api/.test(name) && name !== 'PATCH /api/v2/clients/{id}',
    );
    expect(writes).to.deep.equal([]);
    expect(await leftAtAuthority(id)).to.deep.equal({ clients: 0, connections: 0, users: 0 });
    // Its id is still free.
    expect((await createTenant({ ...body, api_key: { scopes: ['read:tenant'] } })).status).to.equal(201);
    expect((await call('GET', '/v1/dead-letters', { as: await operator() })).body.dead_letters).to.deep.equal(
      [],
    );
  });

  it('stay with the keys and apps that have them', async () => {
    const as = await user('acme');
    const changed = await call('PATCH', key.path, {
      as,
      body: { scopes: ['read:tenant', 'read:orders', 'read:users'] },
    });
    expect([changed.status, changed.body.scopes]).to.deep.equal([
      200,
      ['read:tenant', 'read:orders', 'read:users'],
    ]);
    const rotated = await call('POST', `${key.path}/rotate`, { as, body: { overlap_seconds: 0 } });
    expect(rotated.status).to.equal(201);
    key = toKey(rotated.body);
    // The grant is as wide as before; its tokens are not.
    expect((await call('GET', '/v1/tenant', { as: key.as })).status).to.equal(200);
    expect(await orders(key.as)).to.equal(403);
    const { client_name, redirect_uris, token_endpoint_auth_method } = app.body;
    const kept = await call('PUT', app.path, {
      as: app.manages,
      body: { client_id: app.clientId, client_name, redirect_uris, token_endpoint_auth_method },
    });
    expect([kept.status, kept.body.scope]).to.deep.equal([200, app.body['scope']]);
  });

  it('work as soon as they are added, without a restart', async () => {
    await give(scopes);
    const made = await newKey(['read:tenant', 'read:orders']);
    expect(made.status).to.equal(201);
    expect(await orders(toKey(made.body).as)).to.equal(200);
    // A key that was granted it before gets it, though the check of its secret is remembered.
    await until(async () => (await orders(key.as)) === 200);
    for (const api of [0, 1] as const) {
      await until(async () => (await missing(api)) === 0);
      expect(await supported(api)).to.include('read:orders');
    }
    await until(() => log('api').includes('the API at the authority has these scopes now'));
    expect(checkAccount()).to.deep.include({ status: 0, stderr: '' });
    expect((await registerApp({ scope: 'read:orders' })).body['scope']).to.equal('read:orders');
    expect(await askedFor('read:orders')).to.deep.equal(['read:orders']);
    await until(async () => (await ofDocument()).includes('read:orders'));
    const [first] = (await call('GET', '/v1/tenant/api-keys', { as: (await aTenant()).key })).body.api_keys;
    expect(first.scopes).to.include.members(OF_ORDERS);
  });

  it('are unknown where the workers may not look, and then everything is as if there were none', async () => {
    await own.control.addFault({
      method: 'GET',
      path: '/api/v2/resource-servers/{id}',
      effect: {
        kind: 'answer',
        status: 403,
        body: {
          statusCode: 403,
          errorCode: 'insufficient_scope',
          message: 'Insufficient scope, expected any of: read:resource_servers',
        },
      },
    });
    process.kill(own.parts.worker.pid, 'SIGHUP');
    await until(async () => (await missing(0)) === undefined);
    const check = checkAccount();
    expect(check.status).to.equal(1);
    expect(check.stderr).to.include('the workers may not read the API').and.include('read:resource_servers');
    await give(withoutThem());
    const name = `Of ${randomUUID()}`;
    const made = await call('POST', '/v1/tenant/api-keys', {
      as: await user('acme'),
      body: { name, scopes: ['read:tenant', 'read:orders'] },
    });
    expect([made.status, made.body.scopes]).to.deep.equal([201, ['read:tenant', 'read:orders']]);
    expect(await orders(toKey(made.body).as)).to.equal(403);
    expect((await aTenant()).key).to.be.a('string');
    expect(log('worker') + log('worker-2')).to.include('"missing_scopes":["read:resource_servers"]');
  });
}).timeout(WORLD_MS);
