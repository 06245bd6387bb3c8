import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { generate } from 'selfsigned';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { callManagement, operatorToken, startStandIn } from './account.ts';

/** What an account itself adds to each of its clients (recordings that did not go through the types of an SDK). */
const RAW = { tenant: 'localhost', global: false, cross_origin_auth: false, callback_url_template: false };
const NEVER_ENDING = {
  rotation_type: 'non-rotating',
  expiration_type: 'non-expiring',
  leeway: 0,
  infinite_token_lifetime: true,
  infinite_idle_token_lifetime: true,
};
const LIFETIMES = { token_lifetime: 2_592_000, idle_token_lifetime: 1_296_000 };
const LIFETIMES_WITH_SECRET = { token_lifetime: 31_557_600, idle_token_lifetime: 2_592_000 };
const ALL_GRANTS = ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'];

type Body = Record<string, unknown>;

const PROFILES = {
  connection_profile_id: 'cop_1aB2cD3eF4gH5iJ6kL7mN8',
  user_attribute_profile_id: 'uap_1aB2cD3eF4gH5iJ6kL7mN8',
};
const MY_ORGANIZATION = {
  ...PROFILES,
  allowed_strategies: ['okta', 'samlp'],
  connection_deletion_behavior: 'allow',
};

describe('stand-in: clients, as recorded', () => {
  let standIn: StandIn;
  let operator: string;

  before(async () => {
    standIn = await startStandIn();
    operator = await operatorToken(standIn);
  });
  after(() => standIn.close());

  const call = <T = Body>(method: string, path: string, body?: unknown) =>
    callManagement<T>(standIn, operator, method, path, body);

  async function make(body: Body): Promise<Body> {
    const made = await call('POST', 'clients', { name: 'Made', ...body });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    return made.body;
  }

  it('show in every answer what the account adds, and `encrypted` when they are made', async () => {
    const made = await make({});
    const path = `clients/${String(made['client_id'])}`;
    const listed = await call<Body[]>('GET', 'clients');
    const answers = [
      (await call('GET', path)).body,
      (await call('PATCH', path, { description: 'Changed' })).body,
      (await call('POST', `${path}/rotate-secret`)).body,
      ...listed.body,
    ];
    for (const answer of answers) expect(answer).to.include(RAW).and.not.to.have.property('encrypted');
    expect(made).to.include({ ...RAW, encrypted: true });
  });

  it('show `tenant` whatever `fields` says', async () => {
    const { client_id: id } = await make({});
    expect((await call('GET', `clients/${String(id)}?fields=name`)).body).to.have.all.keys('name', 'tenant');
    const listed = await call<Body[]>('GET', 'clients?fields=client_id');
    expect(listed.body[0]).to.have.all.keys('client_id', 'tenant');
  });

  it('take `cross_origin_authentication` by its older name, too, and show both', async () => {
    const on = { cross_origin_auth: true, cross_origin_authentication: true };
    for (const name of Object.keys(on)) {
      const made = await make({ [name]: true });
      expect(made).to.include(on);
      const path = `clients/${String(made['client_id'])}`;
      const off = await call('PATCH', path, { [name]: false });
      expect(off.body).to.include({ cross_origin_auth: false, cross_origin_authentication: false });
      expect((await call('PATCH', path, { [name]: true })).body).to.include(on);
    }
  });

  describe('defaults', () => {
    const DEFAULTS: [given: Body, shown: Body][] = [
      [{}, { refresh_token: { ...NEVER_ENDING, ...LIFETIMES }, grant_types: ALL_GRANTS }],
      [{ app_type: 'spa' }, { refresh_token: { ...NEVER_ENDING, ...LIFETIMES } }],
      [{ app_type: 'native' }, { refresh_token: { ...NEVER_ENDING, ...LIFETIMES } }],
      [
        { app_type: 'spa', token_endpoint_auth_method: 'none' },
        { refresh_token: { ...NEVER_ENDING, ...LIFETIMES } },
      ],
      [
        { app_type: 'non_interactive', token_endpoint_auth_method: 'client_secret_post' },
        { refresh_token: { ...NEVER_ENDING, ...LIFETIMES_WITH_SECRET }, grant_types: ALL_GRANTS },
      ],
      [
        { app_type: 'regular_web', token_endpoint_auth_method: 'client_secret_post' },
        { refresh_token: { ...NEVER_ENDING, ...LIFETIMES_WITH_SECRET }, grant_types: ALL_GRANTS },
      ],
      [
        { refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring' } },
        {
          refresh_token: {
            rotation_type: 'rotating',
            expiration_type: 'expiring',
            leeway: 0,
            infinite_token_lifetime: false,
            infinite_idle_token_lifetime: false,
            ...LIFETIMES,
          },
        },
      ],
      [{}, { jwt_configuration: { secret_encoded: false, lifetime_in_seconds: 36_000 } }],
      [
        { jwt_configuration: { alg: 'PS256' } },
        { jwt_configuration: { secret_encoded: false, alg: 'PS256' } },
      ],
      [
        { app_type: 'express_configuration' },
        { jwt_configuration: { secret_encoded: false, alg: 'RS256' }, organization_usage: 'require' },
      ],
    ];
    for (const [given, shown] of DEFAULTS)
      it(`of ${JSON.stringify(given)} are ${JSON.stringify(shown)}`, async () => {
        const made = await make(given);
        expect(made).to.deep.include(shown);
        const found = await call('GET', `clients/${String(made['client_id'])}`);
        expect(found.body).to.deep.include(shown);
      });

    it('are not there for channels of an express client', async () => {
      expect(await make({ app_type: 'express_configuration' })).not.to.have.property(
        'async_approval_notification_channels',
      );
    });

    it('say how to redirect for strict third parties only', async () => {
      const third = { is_first_party: false, callbacks: ['https://third.example.com/done'] };
      expect(await make(third)).to.include({ redirection_policy: 'open_redirect_protection' });
      const permissive = await make({ ...third, third_party_security_mode: 'permissive' });
      expect(permissive).not.to.have.property('redirection_policy');
    });
  });

  it('end when a change says that they do, and not before', async () => {
    const { client_id: id } = await make({ app_type: 'spa' });
    const change = async (refresh_token: Body) =>
      (await call('PATCH', `clients/${String(id)}`, { refresh_token })).body['refresh_token'];
    const ending = { rotation_type: 'rotating', expiration_type: 'expiring' };
    const ends = { infinite_token_lifetime: false, infinite_idle_token_lifetime: false };
    expect(await change(ending)).to.deep.equal({ ...LIFETIMES, leeway: 0, ...ending, ...ends });
    expect(await change({ ...ending, leeway: 5 })).to.include({ leeway: 5, ...ends });
    expect(await change({ ...ending, infinite_idle_token_lifetime: true })).to.include({
      infinite_token_lifetime: false,
      infinite_idle_token_lifetime: true,
    });
    const endless = await change({ ...NEVER_ENDING, leeway: 0 });
    expect(endless).to.deep.equal({ ...LIFETIMES, ...NEVER_ENDING });
    const { infinite_token_lifetime: _one, infinite_idle_token_lifetime: _other, ...said } = NEVER_ENDING;
    await change(ending);
    expect(await change(said)).to.deep.equal({ ...LIFETIMES, ...NEVER_ENDING });
  });

  it('show what is left of `oidc_logout` under its older name, made, changed and gone', async () => {
    const logout = (url: string): Body => ({ backchannel_logout_urls: [url] });
    const made = await make({ oidc_logout: logout('https://a.example/') });
    expect(made['oidc_backchannel_logout']).to.deep.equal(logout('https://a.example/'));
    const path = `clients/${String(made['client_id'])}`;
    const changed = await call('PATCH', path, { oidc_logout: logout('https://b.example/') });
    expect(changed.body['oidc_backchannel_logout']).to.deep.equal(logout('https://b.example/'));
    const gone = await call('PATCH', path, { oidc_logout: null });
    expect(gone.body).not.to.have.any.keys('oidc_logout', 'oidc_backchannel_logout');
  });

  it('may say again what can never change, and nothing else of it (specified, documented)', async () => {
    const mode = 'third_party_security_mode';
    const { client_id: id } = await make({ is_first_party: false, [mode]: 'strict' });
    const statuses: number[] = [];
    for (const body of [
      { is_first_party: false },
      { [mode]: 'strict' },
      { is_first_party: true },
      { [mode]: 'permissive' },
      { [mode]: null },
    ])
      statuses.push((await call('PATCH', `clients/${String(id)}`, body)).status);
    expect(statuses).to.deep.equal([200, 200, 400, 400, 400]);
  });

  describe('members', () => {
    const TAKEN: Body[] = [
      { fedcm_login: { google: { is_enabled: true } } },
      { identity_assertion_authorization_grant: { active: true } },
      { token_vault_privileged_access: { credentials: [], ip_allowlist: ['203.0.113.7'] } },
      { default_organization: { organization_id: 'org_1', flows: ['client_credentials'] } },
      { my_organization_configuration: MY_ORGANIZATION },
      { express_configuration: { enable_client: true, ...PROFILES } },
      ...['rms', 'office365', 'zendesk', 'sso_integration', 'oag'].map((app_type) => ({ app_type })),
    ];
    for (const given of TAKEN)
      it(`are taken, shown, and go with null: ${JSON.stringify(given)}`, async () => {
        const made = await make(given);
        expect(made).to.deep.include(given);
        const path = `clients/${String(made['client_id'])}`;
        expect((await call('PATCH', path, given)).body).to.deep.include(given);
        const [name = ''] = Object.keys(given);
        expect((await call('PATCH', path, { [name]: null })).body).not.to.have.property(name);
        expect((await call('GET', path)).body).not.to.have.property(name);
        expect(await make({ ...given, [name]: given[name] })).to.have.property(name);
      });

    const REFUSED: Body[] = [
      { default_organization: { flows: ['client_credentials'] } },
      { default_organization: { organization_id: '', flows: ['client_credentials'] } },
      { default_organization: {} },
      { fedcm_login: 'google' },
      { token_vault_privileged_access: { credentials: 'all' } },
      { signed_request_object: { credentials: [1] } },
      { client_authentication_methods: { private_key_jwt: { credentials: {} } } },
      { client_authentication_methods: { private_key_jwt: 'yes' } },
      { app_type: 'no_such' },
      ...['connection_profile_id', 'user_attribute_profile_id'].flatMap((name) =>
        [
          'cop_WRONG',
          `${PROFILES.connection_profile_id}0`,
          PROFILES.connection_profile_id.slice(4),
          '',
        ].flatMap((id) => [
          { my_organization_configuration: { ...MY_ORGANIZATION, [name]: id } },
          { express_configuration: { ...PROFILES, [name]: id } },
        ]),
      ),
      { my_organization_configuration: PROFILES },
      { my_organization_configuration: { ...MY_ORGANIZATION, allowed_strategies: ['auth0'] } },
      { my_organization_configuration: { ...MY_ORGANIZATION, connection_deletion_behavior: 'never' } },
    ];
    for (const given of REFUSED)
      it(`are refused, when made and when changed: ${JSON.stringify(given)}`, async () => {
        const made = await make({});
        for (const answer of [
          await call('POST', 'clients', { name: 'Refused', ...given }),
          await call('PATCH', `clients/${String(made['client_id'])}`, given),
        ])
          expect({ status: answer.status, code: answer.body['errorCode'] }).to.deep.equal({
            status: 400,
            code: 'invalid_body',
          });
      });
  });

  describe('credentials', () => {
    const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
      .publicKey.export({ type: 'spki', format: 'pem' })
      .toString();
    let certificate: string;
    let end: string;

    before(async () => {
      end = '2035-01-02T03:04:05.000Z';
      const made = await generate([{ name: 'commonName', value: 'client.example.org' }], {
        algorithm: 'sha256',
        keyType: 'rsa',
        notAfterDate: new Date(end),
      });
      certificate = made.cert;
    });

    const key = (more: Body = {}): Body => ({ credential_type: 'public_key', name: 'A key', ...more });

    it('say nothing of an end that they do not have, made, changed, read or listed', async () => {
      const { client_id: id } = await make({});
      const path = `clients/${String(id)}/credentials`;
      const made = await call('POST', path, key({ pem }));
      const one = `${path}/${String(made.body['id'])}`;
      const ended = await call('PATCH', one, { expires_at: end });
      expect(ended.body['expires_at']).to.equal(end);
      const endless = await call('PATCH', one, { expires_at: null });
      const listed = await call<Body[]>('GET', path);
      for (const answer of [made.body, endless.body, (await call('GET', one)).body, ...listed.body])
        expect(answer).not.to.have.property('expires_at');
    });

    const EXPIRIES: [what: string, body: () => Body, expected: () => string | undefined][] = [
      ['a certificate', () => ({ credential_type: 'x509_cert', pem: certificate }), () => end],
      [
        'a key that comes as a certificate, when asked to',
        () => key({ pem: certificate, parse_expiry_from_cert: true }),
        () => end,
      ],
      [
        'what was said before what the certificate says',
        () => key({ pem: certificate, parse_expiry_from_cert: true, expires_at: '2031-01-01T00:00:00Z' }),
        () => '2031-01-01T00:00:00.000Z',
      ],
      ['nothing, not asked to', () => key({ pem: certificate }), () => undefined],
      ['nothing, for a bare key', () => key({ pem, parse_expiry_from_cert: true }), () => undefined],
    ];
    for (const [what, body, expected] of EXPIRIES)
      it(`end by ${what}`, async () => {
        const { client_id: id } = await make({});
        const path = `clients/${String(id)}/credentials`;
        const made = await call('POST', path, body());
        expect(made.status, JSON.stringify(made.body)).to.equal(201);
        expect(made.body['expires_at']).to.equal(expected());
        expect((await call('GET', `${path}/${String(made.body['id'])}`)).body).to.deep.equal(made.body);
      });

    it('that are no key are refused, whether their name is given or not (status specified)', async () => {
      const { client_id: id } = await make({});
      for (const named of [{}, { kid: 'mine' }]) {
        const answer = await call(
          'POST',
          `clients/${String(id)}/credentials`,
          key({ pem: 'none', ...named }),
        );
        expect(answer.status).to.equal(400);
      }
    });

    const HOLDERS: [what: string, client: (credentials: Body[]) => Body, path: string][] = [
      [
        'a method',
        (credentials) => ({ client_authentication_methods: { private_key_jwt: { credentials } } }),
        'client_authentication_methods.private_key_jwt',
      ],
      [
        'signed requests',
        (credentials) => ({ signed_request_object: { required: true, credentials } }),
        'signed_request_object',
      ],
      [
        'the token vault',
        (credentials) => ({ token_vault_privileged_access: { credentials } }),
        'token_vault_privileged_access',
      ],
    ];
    for (const [what, client, path] of HOLDERS)
      it(`of ${what} come with a new client: in full at once, later by their ids`, async () => {
        const made = await make(client([key({ pem })]));
        expect(made).to.have.nested.property(`${path}.credentials[0].kid`);
        expect(made).not.to.have.nested.property(`${path}.credentials[0].pem`);
        const { body } = await call('GET', `clients/${String(made['client_id'])}`);
        expect(body).to.have.nested.property(`${path}.credentials[0]`).that.has.all.keys('id');
        const listed = await call<Body[]>('GET', `clients/${String(made['client_id'])}/credentials`);
        expect(listed.body).to.have.length(1);
      });
  });
});
