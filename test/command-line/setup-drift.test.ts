/** What `trivium setup --check` finds when somebody has changed the account, and what setup does about it. */
import { expect } from 'chai';
import { API_SCOPES } from '../../src/command-line/setup/generated-account.ts';
import { AUDIENCE, contentOf, SetupAccount, type Body } from './setup-account.ts';

const SLOW_MS = 60_000;

describe('drift of an account', () => {
  let account: SetupAccount;

  beforeEach(async () => {
    account = await SetupAccount.start();
    await account.run();
  });
  afterEach(() => account.close());

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
        return account.call('PATCH', `client-grants/${id}`, { scope: [...scope, 'read:stats'] });
      },
      /remove read:stats/,
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
        const [later, own] = [await account.plantAction('Later'), await actionId(SIGN_IN)];
        return account.call('PATCH', 'actions/triggers/post-login/bindings', {
          bindings: [own, later].map((value) => ({ ref: { type: 'action_id', value }, display_name: value })),
        });
      },
      /move it to the end of post-login/,
    ],
  ];
  it('finds each drift, and repairs it', async function () {
    this.timeout(SLOW_MS);
    for (const [drift, plant, found] of repaired) {
      await plant();
      const { ending, is_as_wanted, changes } = await account.checked();
      expect([ending, is_as_wanted], drift).to.deep.equal(['drift', false]);
      expect(changes.map(({ item, what }) => `${item}: ${what}`).join('\n'), drift).to.match(found);
      expect((await account.run()).ending, drift).to.equal('done');
      expect((await account.checked()).ending, drift).to.equal('done');
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
    for (const [drift, plant, found] of reported) {
      await plant();
      const before = await contentOf(account, { ids: true });
      const { ending, findings } = await account.checked();
      expect(ending, drift).to.equal('drift');
      expect(findings.map(({ what }) => what).join('\n'), drift).to.match(found);
      for (const { remedy } of findings) expect(remedy).to.have.length.above(20);
      await account.run();
      expect(await contentOf(account, { ids: true }), drift).to.deep.equal(before);
    }
    expect((await account.run({ replaceActions: true })).ending).to.equal('done');
    expect((await account.checked()).findings.map(({ what }) => what).join('\n')).to.not.match(
      /code is not ours/,
    );
  });

  it('reports a shared database that anybody may sign up to', async () => {
    const name = 'Username-Password-Authentication';
    const whats = async () =>
      (await account.checked({ sharedDatabase: name })).findings.map(({ what }) => what);
    expect(await whats()).to.include('anybody may sign up');
    const [connection] = (await account.call('GET', `connections?name=${name}`)) as Body[];
    const changes = { options: { disable_signup: true }, is_domain_connection: true };
    await account.call('PATCH', `connections/${connection?.['id']}`, changes);
    expect(await whats()).to.deep.equal([]);
  });
});
