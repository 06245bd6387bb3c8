import { expect } from 'chai';
import { generate } from 'selfsigned';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { account, callManagement, operatorToken, startStandIn } from './account.ts';

/** What each answer shows, beside what was asked for (recordings of 2026, of go-auth0 and others). */
const PURPOSES = { authentication: { active: true }, connected_accounts: { active: false } };
const FIFTEEN = {
  min_length: 15,
  character_types: [],
  character_type_rule: 'all',
  identical_characters: 'allow',
  sequential_characters: 'allow',
  max_length_exceeded: 'error',
};

type Body = Record<string, unknown>;

describe('stand-in: connections, as recorded', () => {
  let standIn: StandIn;
  let operator: string;
  let count = 0;

  before(async () => {
    standIn = await startStandIn();
    operator = await operatorToken(standIn);
  });
  after(() => standIn.close());

  const call = <T = Body>(method: string, path: string, body?: unknown) =>
    callManagement<T>(standIn, operator, method, path, body);

  async function make(strategy: string, more: Body = {}): Promise<Body> {
    count += 1;
    const { status, body } = await call('POST', 'connections', { name: `made-${count}`, strategy, ...more });
    expect(status, JSON.stringify(body)).to.equal(201);
    return body;
  }

  describe('what they are for', () => {
    it('is in every answer, whoever made them', async () => {
      const made = await make('auth0');
      const path = `connections/${String(made['id'])}`;
      const listed = await call<Body[]>('GET', 'connections?per_page=100');
      const enabled = await call<{ connections: Body[] }>('GET', 'clients/spa/connections');
      const answers = [
        made,
        (await call('GET', path)).body,
        (await call('PATCH', path, { display_name: 'Shown' })).body,
        ...listed.body,
        ...enabled.body.connections,
      ];
      expect(answers.length).to.be.greaterThan(6);
      for (const answer of answers) expect(answer).to.deep.include(PURPOSES);
    });

    it('is taken, and stays', async () => {
      const wanted = { authentication: { active: false }, connected_accounts: { active: true } };
      const made = await make('auth0', wanted);
      expect(made).to.deep.include(wanted);
      const path = `connections/${String(made['id'])}`;
      expect((await call('PATCH', path, { metadata: { a: 'b' } })).body).to.deep.include(wanted);
      const refused = await call('PATCH', path, { authentication: { active: 'yes' } });
      expect(refused.status).to.equal(400);
    });

    for (const query of ['fields=name', 'fields=name&include_fields=true', 'fields=name,strategy'])
      it(`comes with ?${query}, and so do the id and is_domain_connection`, async () => {
        const made = await make('auth0', { is_domain_connection: true });
        const names = new URLSearchParams(query).get('fields')?.split(',') ?? [];
        const expected = [...names, 'id', 'is_domain_connection', 'authentication', 'connected_accounts'];
        const one = await call('GET', `connections/${String(made['id'])}?${query}`);
        expect(one.body).to.have.all.keys(expected);
        const list = await call<Body[]>('GET', `connections?name=${String(made['name'])}&${query}`);
        expect(list.body[0]).to.have.all.keys(expected);
      });
  });

  describe('options', () => {
    it('of a database without any ask for fifteen characters (since August 2026)', async () => {
      for (const options of [undefined, {}]) {
        const made = await make('auth0', options && { options });
        expect(made['options']).to.have.all.keys(
          'mfa',
          'password_options',
          'strategy_version',
          'authentication_methods',
          'passkey_options',
          'brute_force_protection',
        );
        expect(made['options'])
          .to.have.nested.property('password_options.complexity')
          .that.deep.equals(FIFTEEN);
      }
    });

    it('of a database without any have a policy by name, where the account is to be as before', async () => {
      standIn.controls.change({ passwordsOfNewDatabases: 'by_name' });
      try {
        for (const options of [undefined, {}])
          expect((await make('auth0', options && { options }))['options'])
            .to.include({ passwordPolicy: 'good' })
            .and.not.have.property('password_options');
      } finally {
        standIn.controls.change({ passwordsOfNewDatabases: 'flexible' });
      }
    });

    const POLICIES: [what: string, given: Body, shown: Body][] = [
      ['others only: a policy by name', { disable_signup: true }, { passwordPolicy: 'good' }],
      ['a policy by name: that one', { passwordPolicy: 'fair' }, { passwordPolicy: 'fair' }],
      [
        'part of a flexible one: all of it',
        { password_options: { complexity: { min_length: 12 }, history: { active: true, size: 5 } } },
        {
          password_options: {
            complexity: { ...FIFTEEN, min_length: 12 },
            profile_data: {
              active: false,
              blocked_fields: [
                'name',
                'username',
                'nickname',
                'email',
                'phone_number',
                'user_metadata.name',
                'user_metadata.first',
                'user_metadata.last',
              ],
            },
            history: { active: true, size: 5 },
            dictionary: { active: false, custom: [], default: 'en_100k' },
          },
        },
      ],
    ];
    for (const [what, given, shown] of POLICIES)
      it(`of a database with ${what}`, async () => {
        const { options } = await make('auth0', { options: given });
        expect(options).to.deep.include(shown);
        expect(Object.keys(options as Body).filter((name) => /^password/.test(name))).to.deep.equal(
          Object.keys(shown),
        );
      });

    const ASKED_FOR: [strategy: string, options: Body, scope: unknown][] = [
      ['google-oauth2', {}, ['email', 'profile']],
      [
        'google-oauth2',
        { email: true, profile: true, gmail: true, youtube: true },
        ['email', 'profile', 'https://mail.google.com/', 'https://www.googleapis.com/auth/youtube'],
      ],
      [
        'google-oauth2',
        { drive_readonly: true, calendar: false, email: false, profile: false, freeform_scopes: ['openid'] },
        ['https://www.googleapis.com/auth/drive.readonly', 'openid'],
      ],
      ['facebook', {}, ''],
      ['facebook', { public_profile: true, email: true, scope: 'x' }, 'public_profile,email'],
      ['github', { profile: true, email: true, read_org: true }, ['user:email', 'read:org']],
      ['linkedin', { email: true }, ['r_emailaddress', 'r_basicprofile']],
      [
        'linkedin',
        { strategy_version: 2, basic_profile: true, profile: true },
        ['r_basicprofile', 'r_liteprofile'],
      ],
      ['linkedin', { strategy_version: 3, openid: true, email: true }, ['openid', 'email', 'profile']],
      ['amazon', { postal_code: true }, ['postal_code', 'profile']],
      ['paypal', {}, ['profile']],
    ];
    for (const [strategy, given, scope] of ASKED_FOR)
      it(`of ${strategy} with ${JSON.stringify(given)} say what is asked for (recorded in form, specified)`, async () => {
        const { options } = await make(strategy, { options: given });
        expect((options as Body)['scope']).to.deep.equal(scope);
      });

    it('take the place of those that were there, as a whole', async () => {
      const made = await make('auth0', { options: { disable_signup: true, import_mode: false } });
      const path = `connections/${String(made['id'])}`;
      const { body } = await call<{ options: Body }>('PATCH', path, { options: { strategy_version: 2 } });
      expect(body.options).to.have.all.keys(
        'strategy_version',
        'authentication_methods',
        'passkey_options',
        'brute_force_protection',
      );
      const renamed = await call<{ options: Body }>('PATCH', path, { display_name: 'Other' });
      expect(renamed.body.options).to.deep.equal(body.options);
    });

    const ADDED: [strategy: string, given: Body, shown: Body][] = [
      ['ad', {}, { ips: null, brute_force_protection: true }],
      ['apple', { upstream_params: {} }, { upstream_params: {} }],
      ['email', {}, { brute_force_protection: true }],
      ['sms', { totp: { length: 5 } }, { totp: { length: 5 }, brute_force_protection: true }],
      ['facebook', {}, { scope: '' }],
      ['github', {}, { scope: [] }],
      ['google-oauth2', {}, { email: true, profile: true, scope: ['email', 'profile'] }],
      [
        'google-oauth2',
        { profile: true, calendar: true, youtube: false },
        {
          profile: true,
          calendar: true,
          youtube: false,
          email: true,
          scope: ['profile', 'https://www.googleapis.com/auth/calendar', 'email'],
        },
      ],
      ['line', {}, { profile: true, scope: ['openid', 'profile'] }],
      ['linkedin', {}, { profile: true, scope: ['r_basicprofile'] }],
      ['windowslive', {}, { signin: true, scope: ['wl.signin'] }],
      ['windowslive', { strategy_version: 2 }, { strategy_version: 2, signin: true, scope: [] }],
      ['wordpress', { scope: ['email', 'openid'] }, { profile: true, scope: ['profile'] }],
      ['oauth1', { consumer_key: 'a' }, { consumer_key: 'a' }],
    ];
    for (const [strategy, given, shown] of ADDED)
      it(`of ${strategy} with ${JSON.stringify(given)} become ${JSON.stringify(shown)}`, async () => {
        expect((await make(strategy, { options: given }))['options']).to.deep.equal(shown);
      });

    it('say where people sign in, of WS-Federation metadata: at the passive endpoint', async () => {
      const endpoint = (name: string, address: string) =>
        `<fed:${name}><wsa:EndpointReference><wsa:Address> ${address} </wsa:Address></wsa:EndpointReference></fed:${name}>`;
      const fedMetadataXml = `<EntityDescriptor>${endpoint('TargetScopes', 'https://a.example/')}${endpoint('PassiveRequestorEndpoint', 'https://a.example/wsfed')}</EntityDescriptor>`;
      const made = await make('adfs', { options: { fedMetadataXml } });
      expect(made['options']).to.include({ signInEndpoint: 'https://a.example/wsfed' });
      for (const odd of ['<PassiveRequestorEndpoint>', 'no metadata', ''])
        expect((await make('adfs', { options: { fedMetadataXml: odd } }))['options']).not.to.have.property(
          'signInEndpoint',
        );
    });

    it('say what a certificate says of itself', async () => {
      const { cert, fingerprint } = await generate(
        [
          { name: 'commonName', value: 'idp.example' },
          { name: 'countryName', value: 'AU' },
        ],
        { algorithm: 'sha256', keyType: 'rsa', notAfterDate: new Date('2035-01-02T03:04:05Z') },
      );
      const said = {
        cert,
        expires: '2035-01-02T03:04:05.000Z',
        subject: { countryName: 'AU', commonName: 'idp.example' },
        thumbprints: [fingerprint.replaceAll(':', '').toLowerCase()],
      };
      const saml = await make('samlp', { options: { signingCert: cert } });
      expect(saml['options']).to.deep.equal({ signingCert: cert, ...said });
      const options = { signingCert: cert, pingFederateBaseUrl: 'https://ping.example' };
      expect((await make('pingfederate', { options }))['options']).to.deep.equal({
        pingFederateBaseUrl: 'https://ping.example',
        signInEndpoint: 'https://ping.example',
        ...said,
      });
      expect((await make('samlp', { options: { signingCert: 'none' } }))['options']).to.deep.equal({
        signingCert: 'none',
      });
    });

    it('of companies come with a button and a name', async () => {
      expect(await make('oidc', { options: { client_id: 'a', type: 'back_channel' } })).to.deep.include({
        show_as_button: false,
        display_name: `made-${count}`,
        options: {
          client_id: 'a',
          type: 'back_channel',
          schema_version: 'oidc-V4',
          connection_settings: { pkce: 'auto' },
          attribute_map: { mapping_mode: 'bind_all' },
        },
      });
    });
  });

  describe('of OpenID providers say what these publish', () => {
    const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'];
    const URL = 'https://idp.example/.well-known/openid-configuration';
    const SEEDED = {
      issuer: 'https://idp.example',
      authorization_endpoint: 'https://idp.example/authorize',
      token_endpoint: 'https://idp.example/token',
      jwks_uri: 'https://idp.example/keys',
      request_parameter_supported: true,
    };
    const BY_DEFAULT = {
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      require_request_uri_registration: false,
    };

    before(() => standIn.store.identityProviders.put({ discovery_url: URL, metadata: SEEDED }));

    const optionsOf = async (strategy: string, options: Body) =>
      (await make(strategy, { options }))['options'] as Body;

    for (const domain of ['acme.okta.com', 'acme.oktapreview.com', 'login.acme.example'])
      it(`okta at ${domain}: all endpoints are there, made and changed`, async () => {
        const made = await make('okta', { options: { domain } });
        const changed = await call('PATCH', `connections/${String(made['id'])}`, { options: { domain } });
        for (const { options } of [made, changed.body] as { options: Body }[]) {
          const at = (name: string) => `https://${domain}/oauth2/v1/${name}`;
          expect(options).to.deep.include({
            issuer: `https://${domain}`,
            authorization_endpoint: at('authorize'),
            token_endpoint: at('token'),
            userinfo_endpoint: at('userinfo'),
            jwks_uri: at('keys'),
          });
          expect(options['oidc_metadata']).to.include({
            ...BY_DEFAULT,
            request_parameter_supported: true,
            issuer: `https://${domain}`,
            end_session_endpoint: at('logout'),
          });
        }
      });

    it('endpoints that are given stay, those that are null are discovered', async () => {
      const given = { authorization_endpoint: 'https://own.example/a', issuer: 'https://own.example' };
      const options = { domain: 'acme.okta.com', ...given, token_endpoint: null };
      expect(await optionsOf('okta', options)).to.include({
        ...given,
        token_endpoint: 'https://acme.okta.com/oauth2/v1/token',
      });
    });

    it('a seeded one, or one that recordings show, by its discovery_url', async () => {
      const { request_parameter_supported: _own, ...endpoints } = SEEDED;
      expect(await optionsOf('oidc', { discovery_url: URL })).to.deep.include({
        ...endpoints,
        oidc_metadata: { ...BY_DEFAULT, ...SEEDED },
      });
      for (const [url, issuer] of [
        ['https://acme.okta.com/.well-known/openid-configuration', 'https://acme.okta.com'],
        ['https://www.paypalobjects.com/.well-known/openid-configuration', 'https://www.paypal.com'],
      ])
        expect(await optionsOf('oidc', { discovery_url: url })).to.have.nested.property(
          'oidc_metadata.issuer',
          issuer,
        );
    });

    it('metadata that are given go before', async () => {
      const metadata = { issuer: 'https://given.example', token_endpoint: 'https://given.example/t' };
      for (const [strategy, options] of [
        ['oidc', { discovery_url: URL }],
        ['okta', { domain: 'acme.okta.com' }],
      ] as const)
        expect(await optionsOf(strategy, { ...options, oidc_metadata: metadata })).to.deep.include({
          ...metadata,
          oidc_metadata: { ...BY_DEFAULT, ...metadata },
        });
    });

    const UNKNOWN: [strategy: string, options: Body][] = [
      ['oidc', { discovery_url: 'https://unknown.example/.well-known/openid-configuration' }],
      ['oidc', { discovery_url: 'https://okta.com.evil.example/.well-known/openid-configuration' }],
      ['oidc', { discovery_url: 'https://evil.example/?x.okta.com/.well-known/openid-configuration' }],
      ['oidc', { discovery_url: '__proto__' }],
      ['oidc', { discovery_url: 'constructor' }],
      ['oidc', { discovery_url: null }],
      ['oidc', { discovery_url: 7 }],
      ['oidc', {}],
      ['okta', {}],
      ['okta', { domain: null }],
    ];
    for (const [strategy, options] of UNKNOWN)
      it(`of one that is not known nothing is said: ${strategy}, ${JSON.stringify(options)}`, async () => {
        expect(await optionsOf(strategy, options)).not.to.have.any.keys('oidc_metadata', ...ENDPOINTS);
      });

    it('can be seeded', async () => {
      const seed = { identity_providers: [{ discovery_url: URL, metadata: SEEDED }] };
      const other = await startStandIn({ seed: { ...account(), ...seed } });
      try {
        const { body } = await callManagement<{ options: Body }>(
          other,
          await operatorToken(other),
          'POST',
          'connections',
          { name: 'seeded', strategy: 'oidc', options: { discovery_url: URL } },
        );
        expect(body.options['oidc_metadata']).to.deep.equal({ ...BY_DEFAULT, ...SEEDED });
      } finally {
        await other.close();
      }
    });
  });

  for (const strategy of ['line', 'wordpress', 'oauth2'])
    it(`of ${strategy}: null addresses show in the answer to who gave them, and not later`, async () => {
      const nulls = { authorizationURL: null, tokenURL: null };
      const options = { ...nulls, client_id: 'a' };
      const made = await make(strategy, { options });
      expect(made['options']).to.deep.include(nulls);
      const path = `connections/${String(made['id'])}`;
      const found = async () => (await call<{ options: Body }>('GET', path)).body.options;
      expect(await found()).not.to.have.any.keys(...Object.keys(nulls));
      expect((await call('PATCH', path, { options })).body['options']).to.deep.include(nulls);
      expect(await found()).not.to.have.any.keys(...Object.keys(nulls));
      expect(await found()).to.include({ client_id: 'a' });
    });

  it('of sms: other members that are null stay so', async () => {
    const made = await make('sms', { options: { messaging_service_sid: null } });
    const { body } = await call<{ options: Body }>('GET', `connections/${String(made['id'])}`);
    expect(body.options).to.include({ messaging_service_sid: null });
  });

  it('are gone at once, and deleting them again says so: 202, then 204', async () => {
    const path = `connections/${String((await make('auth0'))['id'])}`;
    expect((await call('DELETE', path)).status).to.equal(202);
    expect((await call('DELETE', path)).status).to.equal(204);
    expect((await call('GET', path)).status).to.equal(404);
  });

  it('are listed at their clients without the clients of each', async () => {
    await make('auth0', { enabled_clients: ['web'] });
    const { body } = await call<{ connections: Body[] }>('GET', 'clients/web/connections');
    expect(body.connections).to.have.length.greaterThan(0);
    for (const one of body.connections) expect(one).not.to.have.property('enabled_clients');
  });

  describe('attributes of a database are refused', () => {
    const email = { identifier: { active: true }, profile_required: true, signup: { status: 'required' } };
    const REFUSED: [options: Body, message: string][] = [
      [
        { attributes: { phone_number: { ...email, signup: { status: 'inactive' } } } },
        'attribute phone_number must also be required on signup',
      ],
      [
        { attributes: { email, username: { ...email, signup: { status: 'optional' } } } },
        'attribute username must also be required on signup',
      ],
      [
        { attributes: { email }, requires_username: true },
        'Cannot set both options.attributes and options.requires_username',
      ],
      [
        { attributes: { email }, validation: { username: { min: 1, max: 5 } } },
        'Cannot set both options.attributes and options.validation',
      ],
      [
        { attributes: { email: { ...email, identifier: { active: false } } } },
        'attributes must contain one active identifier',
      ],
      [{ attributes: {} }, 'attributes must contain one active identifier'],
    ];
    for (const [options, message] of REFUSED)
      it(`when made and when changed: ${message} (${JSON.stringify(options)})`, async () => {
        const refusal = { statusCode: 400, error: 'Bad Request', message, errorCode: 'invalid_body' };
        const made = await make('auth0');
        const answers = [
          await call('POST', 'connections', { name: 'refused', strategy: 'auth0', options }),
          await call('PATCH', `connections/${String(made['id'])}`, { options }),
        ];
        for (const { body } of answers) expect(body).to.deep.equal(refusal);
        expect((await call<Body[]>('GET', 'connections?name=refused')).body).to.deep.equal([]);
      });

    it('or taken, with what an email has besides', async () => {
      const { options } = await make('auth0', { options: { attributes: { email } } });
      expect(options)
        .to.have.nested.property('attributes.email')
        .that.deep.equals({
          ...email,
          verification_method: 'link',
          unique: true,
        });
    });
  });

  describe('bodies that are no connection are refused', () => {
    const BAD: Body[] = [
      { strategy: 'no-such' },
      { options: 'all' },
      { options: { attributes: ['email'] } },
      { options: { attributes: { email: true } } },
      { options: { password_options: { complexity: { min_length: 73 } } } },
      { options: { password_options: { complexity: { min_length: '12' } } } },
      { options: { password_options: { dictionary: { default: 'de_10k' } } } },
      { options: { authentication_methods: { password: 'on' } } },
      { options: { passwordPolicy: 'superb' } },
      { options: { password_complexity_options: { min_length: 'eight' } } },
      { connected_accounts: {} },
    ];
    for (const bad of BAD)
      it(JSON.stringify(bad), async () => {
        const { status, body } = await call('POST', 'connections', {
          name: 'bad',
          strategy: 'auth0',
          ...bad,
        });
        expect({ status, code: body['errorCode'] }).to.deep.equal({ status: 400, code: 'invalid_body' });
      });
  });

  describe('passwords', () => {
    const NEW = { options: undefined };
    const flexible = (complexity: Body) => ({ options: { password_options: { complexity } } });
    const TRIED: [connection: Body, password: string, status: number][] = [
      [NEW, 'fourteen chars', 400],
      [NEW, 'fifteen of them', 201],
      [flexible({ min_length: 8 }), 'eight of', 201],
      [flexible({ min_length: 8 }), 'sevenof', 400],
      [flexible({ min_length: 4, character_types: ['number', 'special'] }), 'abc1', 400],
      [flexible({ min_length: 4, character_types: ['number', 'special'] }), 'ab1!', 201],
      [flexible({ min_length: 4, character_type_rule: 'three_of_four' }), 'abX1', 201],
      [flexible({ min_length: 4, character_type_rule: 'three_of_four' }), 'abx1', 400],
      [flexible({ min_length: 4, identical_characters: 'block' }), 'aaab', 400],
      [flexible({ min_length: 4, sequential_characters: 'block' }), 'xabc', 400],
      [flexible({ min_length: 4, sequential_characters: 'block' }), 'x321', 400],
      [flexible({ min_length: 4 }), 'x'.repeat(73), 400],
      [flexible({ min_length: 4, max_length_exceeded: 'truncate' }), 'x'.repeat(73), 201],
      [{ options: { passwordPolicy: 'low' } }, 'sixsix', 201],
      [{ options: { passwordPolicy: 'low', password_complexity_options: { min_length: 8 } } }, 'sixsix', 400],
      [{ options: { passwordPolicy: 'low', password_complexity_options: null } }, 'sixsix', 201],
    ];
    for (const [connection, password, status] of TRIED)
      it(`${password.slice(0, 20)} (${password.length}): ${status} at ${JSON.stringify(connection)}`, async () => {
        const made = await make('auth0', connection);
        const email = `somebody@${String(made['name'])}.example.com`;
        const answer = await call('POST', 'users', { connection: made['name'], email, password });
        expect(answer.status, JSON.stringify(answer.body)).to.equal(status);
        if (status === 400)
          expect(answer.body['message']).to.equal('PasswordStrengthError: Password is too weak');
      });
  });
});
