/**
 * auth0-deploy-cli with files of somebody else's, in an account that Trivium uses: what it exports before and after `trivium setup`, and what it
 * does to tenants' API keys with `AUTH0_ALLOW_DELETE`.
 */
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { markRegistryMade, saveClient } from '../../../src/registry/client-store.ts';
import { AUDIENCE, type Body, type SetupAccount } from '../../command-line/setup-account.ts';
import { redisAlone } from '../../support/redis-alone.ts';
import { DeployCliAccount, IMPORT_MS } from './deploy-cli.ts';

const TYPES = ['tenant', 'resourceServers', 'clients', 'clientGrants', 'actions', 'triggers'];
/** What docs/auth0-account.md says to leave to Trivium. */
const LEFT_TO_TRIVIUM = ['clients', 'clientGrants', 'connections', 'databases', 'organizations'];

type Tree = Record<string, Body[]> & { tenant: Body; triggers: Record<string, Body[]> };

describe('auth0-deploy-cli beside Trivium', () => {
  const redis = redisAlone();
  let own: DeployCliAccount;
  let account: SetupAccount;

  before(async () => {
    own = await DeployCliAccount.start();
    account = own.account;
  });
  after(() => own?.close());

  async function plantOthers(): Promise<void> {
    await account.call('POST', 'resource-servers', {
      name: 'Theirs',
      identifier: 'https://theirs.example',
      scopes: [{ value: 'read:theirs', description: 'Read' }],
    });
    const { client_id } = await account.call('POST', 'clients', {
      name: 'Their client',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
    });
    const scope = ['read:theirs'];
    await account.call('POST', 'client-grants', {
      client_id,
      audience: 'https://theirs.example',
      scope,
      subject_type: 'client',
    });
    const theirs = await account.plantAction('Theirs');
    await account.call('PATCH', 'actions/triggers/post-login/bindings', {
      bindings: [{ ref: { type: 'action_id', value: theirs }, display_name: 'Theirs' }],
    });
  }

  /** An API key, as the workers make it, that the registry knows. @returns its client id */
  async function makeKey(name: string): Promise<string> {
    const { client_id } = await account.call('POST', 'clients', {
      name,
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
      client_metadata: { tenant_id: 'acme', kind: 'tenant' },
    });
    const scopes = ['read:users'];
    const grant = { client_id, audience: AUDIENCE, scope: scopes, subject_type: 'client' };
    await account.call('POST', 'client-grants', grant);
    const created_at = new Date().toISOString();
    await saveClient(redis(), { kind: 'tenant', tenant_id: 'acme', client_id, name, created_at, scopes });
    return String(client_id);
  }

  /** `npm run reconcile -- --dry-run`, with the workers' environment. */
  async function reconcile(): Promise<Body[]> {
    const { host, port } = redis().options;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'workers/reconcile-command.ts', '--dry-run'],
      {
        env: {
          ...own.env,
          ...account.environment('workers.env'),
          REDIS_URL: `redis://${host}:${port}`,
        },
      },
    );
    const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
    return lines.map((line) => JSON.parse(line) as Body);
  }

  /** Without what is Trivium's. */
  function ofOthers({ tenant, triggers, ...lists }: Tree) {
    const isOurs = (one: Body) =>
      [one['name'], one['action_name'], one['client_id']].some((name) => /^Trivium /.test(String(name))) ||
      one['identifier'] === AUDIENCE;
    const without = (list: Body[]) => (Array.isArray(list) ? list.filter((one) => !isOurs(one)) : list);
    const { flags: _flags, ...settings } = tenant;
    return {
      tenant: settings,
      triggers: without(triggers['post-login'] ?? []),
      ...Object.fromEntries(Object.entries(lists).map(([type, list]) => [type, without(list)])),
    };
  }

  it('exports the same of others before and after trivium setup; what would delete keys is excluded, or found', async function () {
    this.timeout(2 * IMPORT_MS);
    await plantOthers();
    const config = { AUTH0_INCLUDED_ONLY: TYPES };
    const before = await own.exported('before', config);
    expect(before).to.not.include('Trivium ');
    const { code, stderr } = await own.setup('--yes');
    expect(code, stderr).to.equal(0);
    const after = await own.exported('after', config);
    expect(ofOthers(parse(after) as Tree)).to.deep.equal(ofOthers(parse(before) as Tree));
    const { triggers, clients } = parse(after) as Tree;
    expect(triggers['post-login']?.map((one) => one['action_name'])).to.deep.equal([
      'Theirs',
      'Trivium claims (sign-in)',
    ]);
    expect(clients?.map((one) => one['name'])).to.include.members(['Trivium workers', 'Trivium operator']);

    // From now on tenants have keys, which are in no file.
    const keys = [await makeKey('A key of acme'), await makeKey('Another key of acme')];
    await markRegistryMade(redis());
    expect(await reconcile()).to.deep.equal([]);
    const importing = async (name: string, more: object) => {
      const folder = own.folder(name, { ...config, AUTH0_ALLOW_DELETE: true, ...more });
      const types = 'AUTH0_EXCLUDED' in more ? ['tenant', 'resourceServers'] : ['clients'];
      const tree = Object.entries(parse(after) as Tree).filter(([type]) => types.includes(type));
      writeFileSync(join(folder, 'tenant.yaml'), JSON.stringify(Object.fromEntries(tree)));
      await own.run(folder, 'import', '--input_file', 'tenant.yaml');
    };
    const left = () => keys.filter((id) => account.standIn.store.clients.get(id) !== undefined);

    await importing('excluding', { AUTH0_INCLUDED_ONLY: undefined, AUTH0_EXCLUDED: LEFT_TO_TRIVIUM });
    expect(left()).to.deep.equal(keys);
    expect(await reconcile()).to.deep.equal([]);

    await importing('deleting', { AUTH0_EXCLUDE_THIRD_PARTY_CLIENTS: true });
    expect(left()).to.deep.equal([]);
    expect(await reconcile()).to.have.deep.members(
      keys.map((client_id) => ({
        what: 'missing_client',
        client_id,
        tenant_id: 'acme',
        done: 'waits',
      })),
    );
    // The clients of setup were in that file: they are as they were.
    const check = await own.setup('--check', '--json');
    expect([check.code, (JSON.parse(check.stdout) as Body)['changes']]).to.deep.equal([0, []]);
  });
});
