/** What `trivium setup --check` finds when somebody has changed the account, and what setup does about it. */
import { expect } from 'chai';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
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
    [
      'descriptions of scopes that people who consent do not see',
      () =>
        account.call('PATCH', 'tenants/settings', { flags: { use_scope_descriptions_for_consent: false } }),
      /use_scope_descriptions_for_consent to true/,
    ],
    [
      'clients of Auth0’s own registration under older rules',
      () =>
        account.call('PATCH', 'tenants/settings', {
          dynamic_client_registration_security_mode: 'permissive',
        }),
      /dynamic_client_registration_security_mode to strict/,
    ],
    [
      'no refresh tokens',
      async () => account.call('PATCH', `resource-servers/${await apiId()}`, { allow_offline_access: false }),
      /allow_offline_access to true/,
    ],
    [
      'scopes without descriptions',
      async () =>
        account.call('PATCH', `resource-servers/${await apiId()}`, {
          scopes: API_SCOPES.map(({ value }) => ({ value })),
        }),
      /describe the scopes read:users/,
    ],
    [
      'a grant of whatever there is',
      async () => {
        const { id } = await workersGrant();
        return account.call('PATCH', `client-grants/${id}`, { scope: null, allow_all_scopes: true });
      },
      /allow no longer all scopes/,
    ],
    [
      'an operator that vanished',
      () => account.call('DELETE', `clients/${clientOf('trivium_operator')}`),
      /Trivium operator.*create the client/,
    ],
    [
      'a grant that vanished',
      async () => account.call('DELETE', `client-grants/${(await workersGrant()).id}`),
      /Trivium workers: grant it \d+ scopes/,
    ],
    [
      'an Action that vanished',
      async () => {
        await account.call('PATCH', 'actions/triggers/post-login/bindings', { bindings: [] });
        return account.call('DELETE', `actions/actions/${await actionId(SIGN_IN)}`);
      },
      /sign-in\): create it/,
    ],
    [
      'code of an Action that was changed and not deployed',
      async () => {
        const id = await actionId(SIGN_IN);
        const { code } = await account.call('GET', `actions/actions/${id}`);
        return account.call('PATCH', `actions/actions/${id}`, { code: `${code}\n// changed` });
      },
      /replace its code/,
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
    [
      'a grant for another API',
      async () => {
        await account.call('POST', 'resource-servers', { identifier: 'https://other.example' });
        const client_id = clientOf('trivium_worker');
        return account.call('POST', 'client-grants', {
          client_id,
          audience: 'https://other.example',
          scope: [],
        });
      },
      /a grant for https:\/\/other.example, too/,
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

  it('reports two clients that say to be the workers', async () => {
    const path = `clients/${clientOf('trivium_worker')}`;
    const client = { app_type: 'non_interactive', client_metadata: { kind: 'trivium_worker' } };
    await account.call('POST', 'clients', { name: 'Another', ...client });
    // Where an earlier run's files name one, it is that one.
    expect((await account.checked()).ending).to.equal('done');
    const folder = account.path('elsewhere');
    const { findings } = await account.checked({ folder });
    expect(findings.map(({ what }) => what).join()).to.include('2 clients have the metadata kind');
    expect(await account.call('GET', path)).to.have.property('name', 'Trivium workers');
  });

  describe('custom domains', () => {
    const add = async (domain: string, status?: string) => {
      const { custom_domain_id: id } = await account.call('POST', 'custom-domains', {
        domain,
        type: 'auth0_managed_certs',
      });
      const made = account.standIn.store.customDomains.get(String(id));
      // Its DNS record is what makes it ready, which no call can.
      if (made && status !== undefined) account.standIn.store.customDomains.put({ ...made, status });
    };
    const found = async () => {
      const { ending, findings } = await account.checked();
      return [ending, findings.map(({ level, what, remedy }) => `${level}: ${what}. ${remedy}`).join('\n')];
    };
    const setCustomDomain = (name: string) =>
      appendFileSync(join(account.folder, 'workers.env'), `AUTH0_CUSTOM_DOMAIN=${name}\n`);

    it('of which one is not verified, or issues tokens that this API refuses, are told', async () => {
      await add('login.acme.example');
      const [ending, pending] = await found();
      expect(ending).to.equal('done');
      expect(pending).to.match(/^note: it does not work yet: pending_verification.*auth0 domains verify cd_/);
      setCustomDomain('login.acme.example');
      expect((await found())[0]).to.equal('drift');
      await add('id.acme.example', 'ready');
      expect((await found())[1])
        .to.include('have the issuer https://id.acme.example/')
        .and.include('AUTHORITY_URL');
    });

    it('that are several need one that is named, and one of the account', async () => {
      await add('login.acme.example', 'ready');
      expect((await found())[0]).to.equal('done');
      await add('login.globex.example', 'ready');
      const [ending, several] = await found();
      expect(ending).to.equal('drift');
      expect(several).to.include('Set AUTH0_CUSTOM_DOMAIN for the workers');
      setCustomDomain('login.globex.example');
      expect((await found())[0]).to.equal('done');
    });

    it('that are gone, or where callers look for the API, are drift', async () => {
      setCustomDomain('login.gone.example');
      expect(await found()).to.satisfy(
        ([ending, said]: string[]) => ending === 'drift' && said?.includes('the account has no such domain'),
      );
      await add(new URL(AUDIENCE).host, 'ready');
      expect((await found())[1]).to.include('drift: it is the host of this API');
    });

    it('are left out where the account has none', async () => {
      const body = {
        statusCode: 403,
        error: 'Forbidden',
        message: 'Not in your plan.',
        errorCode: 'operation_not_supported',
      };
      account.standIn.controls.addFault({
        method: 'GET',
        path: '/api/v2/custom-domains',
        effect: { kind: 'answer', status: 403, body },
      });
      expect((await account.checked()).ending).to.equal('done');
    });
  });

  it('sets a rate limit for third parties where it is asked for, and says where there is none', async () => {
    const limited = { thirdPartyRateLimit: '100' };
    const policies = async () =>
      (await account.call('GET', 'rate-limit-policies'))['rate_limit_policies'] as Body[];
    expect(await policies()).to.deep.equal([]);
    expect((await account.checked(limited)).ending).to.equal('drift');
    await account.run(limited);
    const [policy] = await policies();
    expect(policy).to.deep.include({
      consumer_selector: 'third_party_clients',
      configuration: { action: 'block', limit: 100 },
    });
    const configuration = { action: 'log', limit: 100 };
    await account.call('PATCH', `rate-limit-policies/${policy?.['id']}`, { configuration });
    expect((await account.checked(limited)).changes.map(({ what }) => what)).to.deep.equal([
      'block beyond 100 requests',
    ]);
    await account.run(limited);
    expect((await account.checked(limited)).ending).to.equal('done');
    expect(await account.run({ thirdPartyRateLimit: '0' }).catch(String)).to.include('must be a number');

    const body = {
      statusCode: 403,
      error: 'Forbidden',
      message: 'Early access.',
      errorCode: 'feature_not_enabled',
    };
    for (const [status, reason] of [
      [403, 'Early access.'],
      [404, '404'],
    ] as const) {
      account.standIn.controls.addFault({
        method: 'GET',
        path: '/api/v2/rate-limit-policies',
        times: 1,
        effect: { kind: 'answer', status, body },
      });
      const { ending, findings } = await account.checked(limited);
      expect(ending).to.equal('done');
      expect(findings.map(({ what }) => what).join()).to.include(reason);
    }
  });
});
