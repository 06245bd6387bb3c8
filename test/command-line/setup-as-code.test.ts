/** What `trivium setup` prints for those who keep their account as code. That auth0-deploy-cli makes it so: test/long/command-line. */
import { expect } from 'chai';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';
import { API_SCOPES, WORKER_SCOPES } from '../../src/command-line/setup/generated-account.ts';
import { AUDIENCE, contentOf, SetupAccount, type Body } from './setup-account.ts';

/** HashiCorp's own parser, as WebAssembly. Its types bring those of browsers with them, which are other ones than Node's. */
const { parse: parseHcl } = createRequire(import.meta.url)('@cdktf/hcl2json') as {
  parse: (name: string, text: string) => Promise<Hcl>;
};

/** Attributes and blocks of the provider auth0/auth0 1.x, from its docs/resources, as far as they are used. */
const DOCUMENTED: Record<string, string[]> = {
  auth0_tenant: [
    'client_id_metadata_document_supported',
    'flags',
    'idle_session_lifetime',
    'session_lifetime',
  ],
  auth0_resource_server: [
    'allow_offline_access',
    'enforce_policies',
    'identifier',
    'name',
    'signing_alg',
    'skip_consent_for_verifiable_first_party_clients',
    'subject_type_authorization',
    'token_dialect',
    'token_lifetime',
  ],
  auth0_resource_server_scopes: ['resource_server_identifier', 'scopes'],
  auth0_client: [
    'app_type',
    'client_metadata',
    'grant_types',
    'is_first_party',
    'jwt_configuration',
    'name',
    'oidc_conformant',
  ],
  auth0_client_credentials: ['authentication_method', 'client_id', 'private_key_jwt'],
  auth0_client_grant: ['audience', 'client_id', 'scopes', 'subject_type'],
  auth0_action: ['code', 'deploy', 'name', 'runtime', 'supported_triggers'],
  auth0_trigger_action: ['action_id', 'display_name', 'trigger'],
};

interface Hcl {
  resource: Record<string, Record<string, Body[]>>;
  import?: Body[];
}

describe('an account as code', () => {
  let account: SetupAccount;
  beforeEach(async () => {
    account = await SetupAccount.start();
  });
  afterEach(() => account.close());

  async function terraform(options = {}): Promise<{ text: string; hcl: Hcl }> {
    const { printed } = await account.run({ json: false, terraform: true, ...options });
    return { text: printed, hcl: await parseHcl('main.tf', printed) };
  }
  const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');

  it('is HCL with the documented attributes of each resource, and the values of setup', async () => {
    const before = await contentOf(account, { ids: true });
    const { hcl } = await terraform({ newKeys: true, metadataDocuments: true });
    expect(await contentOf(account, { ids: true })).to.deep.equal(before);
    expect(Object.keys(hcl.resource)).to.have.members(Object.keys(DOCUMENTED));
    for (const [type, all] of Object.entries(hcl.resource))
      for (const [body] of Object.values(all))
        expect(DOCUMENTED[type], type).to.include.members(Object.keys(body ?? {}));

    const one = (type: string, name = 'trivium') => hcl.resource[type]?.[name]?.[0] ?? {};
    expect(one('auth0_tenant')).to.deep.equal({
      client_id_metadata_document_supported: true,
      session_lifetime: 168,
      idle_session_lifetime: 72,
      flags: [{ enable_dynamic_client_registration: false, use_scope_descriptions_for_consent: true }],
    });
    const { scopes } = one('auth0_resource_server_scopes');
    expect(scopes).to.deep.equal(API_SCOPES.map(({ value, description }) => ({ name: value, description })));
    expect(one('auth0_resource_server')).to.deep.include({
      identifier: AUDIENCE,
      enforce_policies: false,
      subject_type_authorization: [
        { user: [{ policy: 'allow_all' }], client: [{ policy: 'require_client_grant' }] },
      ],
    });
    expect(one('auth0_client', 'trivium_workers')).to.deep.include({
      client_metadata: { kind: 'trivium_worker' },
      grant_types: ['client_credentials'],
    });
    expect(one('auth0_client_grant', 'trivium_workers')).to.deep.equal({
      client_id: '${auth0_client.trivium_workers.id}',
      audience: `${account.standIn.url}api/v2/`,
      scopes: WORKER_SCOPES,
      subject_type: 'client',
    });
    expect(one('auth0_trigger_action', 'trivium_sign_in')).to.include({ trigger: 'post-login' });
  });

  it('has the code and the keys of setup, character by character', async () => {
    const { hcl } = await terraform({ newKeys: true });
    await account.run();
    const { actions } = await account.call('GET', 'actions/actions');
    const codes = Object.values(hcl.resource['auth0_action'] ?? {}).map(([action]) => action?.['code']);
    // hcl2json shows templates as they are written.
    expect(codes.map((code: string) => code.replaceAll('$${', '${'))).to.have.members(
      actions.map(({ code }: Body) => code),
    );
    const { client_id } = (await contentOf(account, { ids: true }))['clients'].find(
      (one: Body) => one['client_metadata']?.kind === 'trivium_worker',
    );
    const [credential] = (await account.call('GET', `clients/${client_id}/credentials`)) as Body[];
    const workers = hcl.resource['auth0_client_credentials']?.['trivium_workers']?.[0];
    const [named] = workers?.['private_key_jwt'][0].credentials ?? [];
    expect(named).to.include({ name: credential?.['name'], algorithm: 'RS256' });
    expect(named.pem).to.match(/^-----BEGIN PUBLIC KEY-----\n/);
  });

  it('takes over what is in the account, by import blocks', async () => {
    expect((await terraform({ newKeys: true })).hcl.import?.map(({ to }) => to)).to.deep.equal([
      '${auth0_tenant.trivium}',
    ]);
    await account.run();
    const { hcl } = await terraform();
    const ids = new Map(hcl.import?.map(({ to, id }) => [to as string, id as string]));
    const resources = Object.entries(hcl.resource).flatMap(([type, all]) =>
      Object.keys(all).map((name) => `\${${type}.${name}}`),
    );
    expect([...ids.keys()]).to.have.members(resources);
    const action = ids.get('${auth0_action.trivium_sign_in}');
    expect(ids.get('${auth0_trigger_action.trivium_sign_in}')).to.equal(`post-login::${action}`);
    expect((await account.call('GET', `actions/actions/${action}`))['name']).to.include('sign-in');
  });

  it('is files of auth0-deploy-cli that let it delete nothing', async () => {
    const folder = account.path('code');
    await account.plantAction('Theirs');
    const { actions } = await account.call('GET', 'actions/actions');
    await account.call('PATCH', 'actions/triggers/post-login/bindings', {
      bindings: [{ ref: { type: 'action_id', value: actions[0].id }, display_name: 'By them' }],
    });
    await account.run({ json: false, deployCli: folder, newKeys: true });
    const config = JSON.parse(read(folder, 'config.json')) as Body;
    const text = read(folder, 'tenant.yaml');
    const tree = parse(text) as Body;
    expect(config['AUTH0_ALLOW_DELETE']).to.equal(false);
    expect(config['AUTH0_INCLUDED_ONLY']).to.include.members(Object.keys(tree));
    expect(text).to.include('AUTH0_EXCLUDED=["clients","clientGrants","connections","databases"');
    expect(tree['triggers']['post-login']).to.deep.equal([
      { action_name: 'Theirs', display_name: 'By them' },
      { action_name: 'Trivium claims (sign-in)', display_name: 'Trivium claims (sign-in)' },
    ]);
    for (const { code } of tree['actions']) expect(read(folder, code)).to.include(AUDIENCE);
  });

  it('overwrites files that it has made, and none of others', async () => {
    const folder = account.path('code');
    const write = () => account.run({ json: false, deployCli: folder, newKeys: true });
    await write();
    await write();
    for (const name of ['tenant.yaml', 'config.json']) {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      writeFileSync(join(folder, name), 'theirs');
      expect(await write().catch(String)).to.include(`files of yours: ${name}`);
      expect(readdirSync(folder).map((one) => [one, read(folder, one)])).to.deep.equal([[name, 'theirs']]);
    }
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    expect(await write().catch(String)).to.include('may be written by every user');
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('contains no secret', async () => {
    const folder = account.path('code');
    const { text } = await terraform({ newKeys: true });
    await account.run({ json: false, deployCli: folder });
    const all = text + read(folder, 'tenant.yaml') + read(folder, 'config.json');
    expect(all).to.not.include('PRIVATE');
    for (const name of ['workers.key.pem', 'operator.key.pem'])
      for (const line of account.read(name).split('\n').slice(1, -2)) expect(all).to.not.include(line);
    expect(all).to.not.include(account.token.slice(-20));
  });

  it('needs the keys, and makes them only if it is told to', async () => {
    const refused = await account.run({ json: false, terraform: true }).catch(String);
    expect(refused).to.include('workers.key.pem does not exist').and.include('--new-keys');
    expect(existsSync(account.folder)).to.equal(false);
    await terraform({ newKeys: true });
    const key = account.read('workers.key.pem');
    await terraform({ newKeys: true });
    expect(account.read('workers.key.pem')).to.equal(key);
    const both = await account.run({ json: false, terraform: true, check: true }).catch(String);
    expect(both).to.include('each stand alone');
  });
});
