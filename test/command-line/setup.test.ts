/** `trivium setup` on an account (the stand-in). That it can be killed at any request: test/long/command-line/setup-killed.test.ts. */
import { expect } from 'chai';
import { decodeJwt } from 'jose';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_SCOPES } from '../../src/command-line/setup/generated-account.ts';
import { readApiConfig, readWorkerConfig } from '../../src/config.ts';
import { managementTokenOf } from '../../workers/management-token-of.ts';
import { WORKER_SCOPES } from '../../src/auth0/worker-scopes.ts';
import { AUDIENCE, contentOf, SETUP_CLIENT, SetupAccount, type Body } from './setup-account.ts';

const SLOW_MS = 60_000;
const REDIS = { REDIS_URL: 'redis://127.0.0.1:1' };

describe('trivium setup', () => {
  let account: SetupAccount;

  beforeEach(async () => {
    account = await SetupAccount.start();
  });
  afterEach(() => account.close());

  it('makes everything from nothing, and then has nothing to do', async function () {
    this.timeout(SLOW_MS);
    const first = await account.ended();
    expect(first, first.stderr).to.include({ code: 0 });
    expect(first.stdout).to.include('To do:').and.include('What comes next:');

    const [api] = (await account.call(
      'GET',
      `resource-servers?identifiers=${encodeURIComponent(AUDIENCE)}`,
    )) as Body[];
    expect(api).to.deep.include({ scopes: API_SCOPES, enforce_policies: false, allow_offline_access: true });
    expect(await account.call('GET', 'tenants/settings')).to.have.nested.property(
      'flags.use_scope_descriptions_for_consent',
      true,
    );
    for (const trigger of ['post-login', 'credentials-exchange']) {
      const { bindings } = await account.call('GET', `actions/triggers/${trigger}/bindings`);
      expect(bindings).to.have.length(1);
      expect(bindings[0].action.deployed_version.code)
        .to.include(AUDIENCE)
        .and.not.include('api.example.com');
    }

    const before = await contentOf(account, { ids: true });
    const second = await account.ended();
    expect([second.code, second.stdout]).to.deep.equal([
      0,
      `${account.standIn.url}, API ${AUDIENCE}\n\nNothing is to be done.\n`,
    ]);
    expect(await contentOf(account, { ids: true })).to.deep.equal(before);
    expect((await account.ended(['--check'])).code).to.equal(0);

    // A later change does not tell again how to begin.
    const later = await account.ended(['--yes', '--check-by-workers']);
    expect([later.code, later.stdout.trim().split('\n').at(-1)]).to.deep.equal([0, 'Done.']);
    const events = await account.ended(['--yes', '--events']);
    expect(events.stdout.trim().split('\n').at(-1)).to.include('Start API and workers again');
  });

  it('writes what the API, the workers and the operator start with', async () => {
    await account.run();
    const api = readApiConfig({ ...account.environment('api.env'), ...REDIS });
    const config = readWorkerConfig({ ...account.environment('workers.env'), ...REDIS });
    expect([api.AUDIENCE, api.PUBLIC_URL]).to.deep.equal([AUDIENCE, AUDIENCE]);
    expect(config.ENCRYPTION_KEYS).to.deep.equal(api.ENCRYPTION_KEYS);
    expect(config.HASH_KEY).to.deep.equal(api.HASH_KEY);

    const token = decodeJwt(await managementTokenOf(config).current());
    expect(String(token['scope']).split(' ')).to.have.members([...WORKER_SCOPES]);
    const early = await account.start(['token', '--folder', account.path('nowhere')]).ended;
    expect([early.code, early.stderr]).to.deep.equal([
      2,
      `${account.path('nowhere/operator.env')} does not exist: \`trivium setup\` writes it. If it is elsewhere, name its --folder.\n`,
    ]);
    const operator = await account.start(['token', '--folder', account.folder]).ended;
    expect(decodeJwt(operator.stdout.trim())).to.deep.include({
      aud: AUDIENCE,
      client_id: api.OPERATOR_CLIENT_IDS[0],
    });
  });

  it('leaves an account whose tokens carry the tenant of a key', async () => {
    await account.run();
    const { client_id, client_secret } = await account.call('POST', 'clients', {
      name: 'A key of acme',
      app_type: 'non_interactive',
      client_metadata: { tenant_id: 'acme', kind: 'tenant' },
    });
    const grant = { client_id, audience: AUDIENCE, scope: ['read:users'], subject_type: 'client' };
    await account.call('POST', 'client-grants', grant);
    const response = await fetch(`${account.standIn.url}oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        audience: AUDIENCE,
        client_id,
        client_secret,
      }),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    expect(decodeJwt(token)).to.deep.include({
      aud: AUDIENCE,
      scope: 'read:users',
      [`${AUDIENCE}/tenant_id`]: 'acme',
    });
  });

  it('keeps secrets in files of their owner, and out of everything that it prints', async function () {
    this.timeout(SLOW_MS);
    const client = {
      AUTH0_ACCESS_TOKEN: '',
      AUTH0_SETUP_CLIENT_ID: SETUP_CLIENT.client_id,
      AUTH0_SETUP_CLIENT_SECRET: SETUP_CLIENT.client_secret,
    };
    const runs = [
      await account.ended(['--yes', '--json'], client),
      await account.ended(['--check'], client),
      await account.ended(['--yes'], { AUTH0_ACCESS_TOKEN: `${account.token}x` }),
      await account.ended(['--yes'], { ...client, AUTH0_SETUP_CLIENT_SECRET: 'a-secret-that-is-wrong' }),
    ];
    expect(runs.map(({ code }) => code)).to.deep.equal([0, 0, 3, 3]);
    const names = readdirSync(account.folder);
    const modes = [account.folder, ...names.map((name) => join(account.folder, name))].map((path) =>
      (statSync(path).mode & 0o777).toString(8),
    );
    expect(modes).to.deep.equal(['700', ...names.map(() => '600')]);

    const { ENCRYPTION_KEYS = '', HASH_KEY = '' } = account.environment('api.env');
    const keys = ['workers.key.pem', 'operator.key.pem'].map(
      (name) => account.read(name).split('\n')[1] ?? '',
    );
    const secrets = [account.token, SETUP_CLIENT.client_secret, 'a-secret-that-is-wrong', HASH_KEY, ...keys];
    for (const secret of [...secrets, ENCRYPTION_KEYS.slice(3)]) {
      expect(secret.length).to.be.above(10);
      for (const { stdout, stderr } of runs) expect(stdout + stderr).to.not.include(secret);
    }
    expect(account.read('.gitignore')).to.equal('*\n');
  });

  it('changes nothing without a yes', async function () {
    this.timeout(SLOW_MS);
    const before = await contentOf(account, { ids: true });
    const { code, stdout } = await account.ended([]);
    expect(code).to.equal(4);
    expect(stdout).to.include('create the client');
    expect(await contentOf(account, { ids: true })).to.deep.equal(before);
    expect(() => readdirSync(account.folder)).to.throw('ENOENT');
  });

  it('leaves what others have made as it is, byte for byte', async () => {
    const others = await plantOthers();
    const before = await ofOthers();
    expect((await account.run()).ending).to.equal('done');
    expect(JSON.stringify(await ofOthers())).to.equal(JSON.stringify(before));
    const { bindings } = await account.call('GET', 'actions/triggers/post-login/bindings');
    const names = bindings.map(({ display_name }: Body) => display_name);
    expect(names).to.deep.equal(['First', 'Second', 'Trivium claims (sign-in)']);

    async function ofOthers(): Promise<Body> {
      const { settings, apis, clients, grants, actions, bindings } = await contentOf(account, { ids: true });
      const { flags, ...rest } = settings;
      const { use_scope_descriptions_for_consent: _changed, ...otherFlags } = flags;
      return {
        settings: { ...rest, flags: otherFlags },
        apis: apis.filter(({ identifier }: Body) => identifier !== AUDIENCE),
        clients: clients.filter(
          ({ client_metadata }: Body) => !client_metadata?.kind?.startsWith('trivium_'),
        ),
        grants: grants.filter(({ id }: Body) => others.has(id)),
        actions: actions.actions.filter(({ id }: Body) => others.has(id)),
        bindings: bindings.map((one: Body) =>
          one['bindings'].filter(({ action }: Body) => others.has(action.id)),
        ),
      };
    }
  });

  /** @returns ids */
  async function plantOthers(): Promise<Set<string>> {
    await account.call('PATCH', 'tenants/settings', {
      friendly_name: 'Theirs',
      flags: { enable_sso: false },
    });
    await account.call('POST', 'resource-servers', {
      identifier: 'https://theirs.example',
      scopes: [{ value: 'read:theirs' }],
      enforce_policies: true,
    });
    const client = {
      name: 'Trivium workers',
      app_type: 'non_interactive',
      client_metadata: { kind: 'theirs' },
    };
    const { client_id } = await account.call('POST', 'clients', client);
    const audience = 'https://theirs.example';
    const grant = await account.call('POST', 'client-grants', {
      client_id,
      audience,
      scope: ['read:theirs'],
    });
    const ids: string[] = [];
    for (const name of ['First', 'Second']) ids.push(await account.plantAction(name));
    await account.call('PATCH', 'actions/triggers/post-login/bindings', {
      bindings: ['First', 'Second'].map((name, index) => ({
        ref: { type: 'action_id', value: ids[index] },
        display_name: name,
      })),
    });
    return new Set([...ids, String(grant['id'])]);
  }

  it('adds a key where the private one is elsewhere, and only if it is told to', async () => {
    await account.run();
    const folder = `${account.folder}-of-somebody-else`;
    const { ending, printed } = await account.run({ folder });
    expect([ending, printed.includes('private key is not at')]).to.deep.equal(['done', true]);
    expect(readdirSync(folder)).to.not.include('workers.env');
    expect((await account.run({ folder, newKeys: true })).ending).to.equal('done');
    expect((await account.run({ folder, newKeys: true })).printed).to.include('"changes":[]');
    expect((await account.checked()).ending, 'the first key').to.equal('done');
  });

  it('gives the API the scopes of services, and keeps them', async () => {
    const services = account.path('services.yaml');
    writeFileSync(services, 'scopes:\n  read:orders: See orders\nservices: {}\n');
    await account.run({ services });
    const [api] = (await account.call('GET', `resource-servers?identifiers=${AUDIENCE}`)) as Body[];
    expect(api?.['scopes']).to.deep.equal([
      ...API_SCOPES,
      { value: 'read:orders', description: 'See orders' },
    ]);
    expect((await account.checked()).ending).to.equal('done');
  });
});
