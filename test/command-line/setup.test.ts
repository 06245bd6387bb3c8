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

  const checked = async (options = {}) => {
    const { ending, printed } = await account.run({ check: true, ...options });
    const report = JSON.parse(printed) as { is_as_wanted: boolean; changes: Body[]; findings: Body[] };
    return { ending, ...report };
  };

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
    const operator = await account.start(['token', '--env-file', join(account.folder, 'operator.env')]).ended;
    expect(decodeJwt(operator.stdout.trim())).to.deep.include({
      aud: AUDIENCE,
      client_id: api.OPERATOR_CLIENT_IDS[0],
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
    for (const name of ['First', 'Second']) ids.push(await plantAction(name));
    await account.call('PATCH', 'actions/triggers/post-login/bindings', {
      bindings: ['First', 'Second'].map((name, index) => ({
        ref: { type: 'action_id', value: ids[index] },
        display_name: name,
      })),
    });
    return new Set([...ids, String(grant['id'])]);
  }

  async function plantAction(name: string): Promise<string> {
    const { id } = await account.call('POST', 'actions/actions', {
      name,
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code: 'exports.onExecutePostLogin = async () => {};',
    });
    await account.call('POST', `actions/actions/${id}/deploy`);
    return String(id);
  }

  const apiId = async () => {
    const [api] = (await account.call('GET', `resource-servers?identifiers=${AUDIENCE}`)) as Body[];
    return String(api?.['id']);
  };
  const clientOf = (kind: string) => {
    const found = [...account.standIn.store.clients.values()].find(
      (one) => one.client_metadata?.['kind'] === kind,
    );
    return String(found?.client_id);
  };
  const workersGrant = async () => {
    const [grant] = (await account.call(
      'GET',
      `client-grants?client_id=${clientOf('trivium_worker')}`,
    )) as Body[];
    return { id: String(grant?.['id']), scope: grant?.['scope'] as string[] };
  };
  const actionId = async (name: string) => {
    const { actions } = await account.call('GET', 'actions/actions');
    return String(actions.find((one: Body) => one['name'] === name)?.id);
  };
  const SIGN_IN = 'Trivium claims (sign-in)';

  const repaired: [drift: string, plant: () => Promise<unknown>, found: RegExp][] = [
    [
      'registration at Auth0 switched on',
      () =>
        account.call('PATCH', 'tenants/settings', { flags: { enable_dynamic_client_registration: true } }),
      /enable_dynamic_client_registration to false/,
    ],
    [
      'an issuer in authorization responses (decision 3)',
      () =>
        account.call('PATCH', 'tenants/settings', { authorization_response_iss_parameter_supported: true }),
      /authorization_response_iss_parameter_supported to false/,
    ],
    [
      'RBAC at the API',
      async () => account.call('PATCH', `resource-servers/${await apiId()}`, { enforce_policies: true }),
      /enforce_policies to false/,
    ],
    [
      'the API open to every machine',
      async () =>
        account.call('PATCH', `resource-servers/${await apiId()}`, {
          subject_type_authorization: { client: { policy: 'allow_all' } },
        }),
      /access policies/,
    ],
    [
      'scopes that the API lost',
      async () => account.call('PATCH', `resource-servers/${await apiId()}`, { scopes: API_SCOPES.slice(2) }),
      /add the scopes read:users, create:users/,
    ],
    [
      'a grant that was widened',
      async () => {
        const { id, scope } = await workersGrant();
        return account.call('PATCH', `client-grants/${id}`, { scope: [...scope, 'read:logs'] });
      },
      /remove read:logs/,
    ],
    [
      'a grant that was narrowed',
      async () => {
        const { id, scope } = await workersGrant();
        return account.call('PATCH', `client-grants/${id}`, { scope: scope.slice(1) });
      },
      /add read:users/,
    ],
    [
      'a client that vanished',
      () => account.call('DELETE', `clients/${clientOf('trivium_worker')}`),
      /Trivium workers.*create the client/,
    ],
    [
      'a client that lost its key',
      () =>
        account.call('PATCH', `clients/${clientOf('trivium_operator')}`, {
          client_authentication_methods: null,
          token_endpoint_auth_method: 'client_secret_post',
        }),
      /authenticate by this key/,
    ],
    [
      'a client with more grant types',
      () =>
        account.call('PATCH', `clients/${clientOf('trivium_worker')}`, {
          grant_types: ['client_credentials', 'password'],
        }),
      /grant_types to client_credentials/,
    ],
    [
      'code of an Action that was changed and deployed',
      async () => {
        const id = await actionId(SIGN_IN);
        const { code } = await account.call('GET', `actions/actions/${id}`);
        await account.call('PATCH', `actions/actions/${id}`, { code: `${code}\n// changed` });
        return account.call('POST', `actions/actions/${id}/deploy`);
      },
      /replace its code/,
    ],
    [
      'an Action that is not bound any more',
      () => account.call('PATCH', 'actions/triggers/post-login/bindings', { bindings: [] }),
      /bind it to post-login/,
    ],
    [
      'an Action that runs after ours',
      async () => {
        const [later, own] = [await plantAction('Later'), await actionId(SIGN_IN)];
        return account.call('PATCH', 'actions/triggers/post-login/bindings', {
          bindings: [own, later].map((value) => ({ ref: { type: 'action_id', value }, display_name: value })),
        });
      },
      /move it to the end of post-login/,
    ],
  ];
  it('finds each drift, and repairs it', async function () {
    this.timeout(SLOW_MS);
    await account.run();
    for (const [drift, plant, found] of repaired) {
      await plant();
      const { ending, is_as_wanted, changes } = await checked();
      expect([ending, is_as_wanted], drift).to.deep.equal(['drift', false]);
      expect(changes.map(({ item, what }) => `${item}: ${what}`).join('\n'), drift).to.match(found);
      expect((await account.run()).ending, drift).to.equal('done');
      expect((await checked()).ending, drift).to.equal('done');
    }
  });

  const reported: [drift: string, plant: () => Promise<unknown>, found: RegExp][] = [
    [
      'a scope that nobody needs',
      async () =>
        account.call('PATCH', `resource-servers/${await apiId()}`, {
          scopes: [...API_SCOPES, { value: 'read:weather' }],
        }),
      /read:weather/,
    ],
    [
      'a default grant for third parties',
      () =>
        account.call('POST', 'client-grants', {
          default_for: 'third_party_clients',
          audience: AUDIENCE,
          scope: ['read:users'],
          subject_type: 'user',
        }),
      /default grant gives them read:users/,
    ],
    [
      'a permissive third party',
      () =>
        account.call('POST', 'clients', {
          name: 'Old app',
          is_first_party: false,
          third_party_security_mode: 'permissive',
        }),
      /Old app.*permissive/,
    ],
    [
      'an Action of our name with other code',
      async () =>
        account.call('PATCH', `actions/actions/${await actionId(SIGN_IN)}`, {
          code: 'exports.onExecutePostLogin = async () => {};',
        }),
      /code is not ours/,
    ],
  ];
  it('reports what only people can decide, and changes nothing of it', async () => {
    await account.run();
    for (const [drift, plant, found] of reported) {
      await plant();
      const before = await contentOf(account, { ids: true });
      const { ending, findings } = await checked();
      expect(ending, drift).to.equal('drift');
      expect(findings.map(({ what }) => what).join('\n'), drift).to.match(found);
      for (const { remedy } of findings) expect(remedy).to.have.length.above(20);
      await account.run();
      expect(await contentOf(account, { ids: true }), drift).to.deep.equal(before);
    }
    expect((await account.run({ replaceActions: true })).ending).to.equal('done');
    expect((await checked()).findings.map(({ what }) => what).join('\n')).to.not.match(/code is not ours/);
  });

  it('reports a shared database that anybody may sign up to', async () => {
    await account.run();
    const name = 'Username-Password-Authentication';
    const whats = async () => (await checked({ sharedDatabase: name })).findings.map(({ what }) => what);
    expect(await whats()).to.include('anybody may sign up');
    const [connection] = (await account.call('GET', `connections?name=${name}`)) as Body[];
    const changes = { options: { disable_signup: true }, is_domain_connection: true };
    await account.call('PATCH', `connections/${connection?.['id']}`, changes);
    expect(await whats()).to.deep.equal([]);
  });

  it('adds a key where the private one is elsewhere, and only if it is told to', async () => {
    await account.run();
    const folder = `${account.folder}-of-somebody-else`;
    const { ending, printed } = await account.run({ folder });
    expect([ending, printed.includes('private key is not at')]).to.deep.equal(['done', true]);
    expect(readdirSync(folder)).to.not.include('workers.env');
    expect((await account.run({ folder, newKeys: true })).ending).to.equal('done');
    expect((await account.run({ folder, newKeys: true })).printed).to.include('"changes":[]');
    expect((await checked()).ending, 'the first key').to.equal('done');
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
    expect((await checked()).ending).to.equal('done');
  });
});
