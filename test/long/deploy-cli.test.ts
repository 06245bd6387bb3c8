/** auth0-deploy-cli, unmodified, in processes of its own: an account written to a file, and made again from it. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { Seed, StandIn } from '../../src/stand-in/stand-in.ts';
import { account, AUDIENCE, OPERATOR, startStandIn } from '../stand-in/account.ts';
import { makeCertificate, type Certificate } from '../outside-clients/certificate.ts';
import { trustingFetch } from '../outside-clients/trusting-fetch.ts';

const PROGRAM = fileURLToPath(new URL('../../node_modules/auth0-deploy-cli/lib/index.js', import.meta.url));
/** Databases would need Actions, which the stand-in has not; `connections` are those that are no databases, of which it has none. */
const INCLUDED = ['clients', 'clientGrants', 'resourceServers'];
/** An import compiles a schema of eight megabytes, twice, before it does anything. */
const IMPORTS_MS = 720_000;
/** What 8.44.0 writes into grants that are no client's, and then refuses to read. */
const NO_CLIENT = 'client_id: undefined_clientId\n    ';

type Tree = Record<string, Record<string, unknown>[]>;

describe('auth0-deploy-cli at the stand-in', () => {
  let certificate: Certificate;
  let folder: string;
  let original: StandIn;
  let copy: StandIn;
  let exported: string;

  before(async function () {
    this.timeout(IMPORTS_MS);
    certificate = await makeCertificate();
    folder = await mkdtemp(join(tmpdir(), 'trivium-deploy-'));
    original = await startStandIn({ tls: certificate.tls, seed: plainAccount() });
    copy = await startStandIn({ tls: certificate.tls, seed: operatorOnly() });
    exported = await exportFrom(original);
    // One process each, at the same time: nearly all of it is the schema's compilation.
    await Promise.all([importInto(original, exported), importInto(copy, exported)]);
  });
  after(async () => {
    await Promise.all([original?.close(), copy?.close(), certificate?.remove()]);
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  /** Runs it in a folder of its own. @returns that folder */
  async function run(at: StandIn, ...words: string[]): Promise<string> {
    const cwd = await mkdtemp(join(folder, 'run-'));
    const config = {
      AUTH0_DOMAIN: new URL(at.url).host,
      AUTH0_CLIENT_ID: OPERATOR.clientId,
      AUTH0_CLIENT_SECRET: OPERATOR.clientSecret,
      AUTH0_INCLUDED_ONLY: INCLUDED,
      AUTH0_ALLOW_DELETE: true,
      AUTH0_API_MAX_RETRIES: 1,
    };
    await writeFile(join(cwd, 'config.json'), JSON.stringify(config));
    // Without the environment: its variables would be put in place of words of the tree.
    const all = [PROGRAM, ...words, '--config_file', 'config.json', '--env', 'false'];
    await promisify(execFile)(process.execPath, all, {
      cwd,
      env: { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: certificate.file },
    });
    return cwd;
  }

  async function exportFrom(from: StandIn): Promise<string> {
    const cwd = await run(from, 'export', '--format', 'yaml', '--output_folder', 'tree');
    return readFile(join(cwd, 'tree', 'tenant.yaml'), 'utf8');
  }

  async function importInto(into: StandIn, yaml: string): Promise<void> {
    const tree = await mkdtemp(join(folder, 'tree-'));
    await writeFile(join(tree, 'tenant.yaml'), yaml.replace(NO_CLIENT, ''));
    await run(into, 'import', '--input_file', join(tree, 'tenant.yaml'));
  }

  const copiedKey = () => [...copy.store.clients.values()].find(({ name }) => name === 'Key of a tenant');

  it('exports what the account has, by names instead of ids', () => {
    const tree = parse(exported) as Tree;
    const names = (of: string, by: string) => tree[of]?.map((one) => one[by]);
    expect(names('clients', 'name')).to.have.members([
      'Single-page application',
      'Web application',
      'Key of a tenant',
      'Operator',
    ]);
    expect(names('resourceServers', 'identifier')).to.have.members([
      AUDIENCE,
      'plain-name',
      'https://rfc9068.example.com',
    ]);
    expect(tree['clientGrants']).to.deep.include({
      client_id: 'Key of a tenant',
      audience: AUDIENCE,
      scope: ['read:users'],
      subject_type: 'client',
    });
    expect(exported).to.not.include(OPERATOR.clientSecret).and.not.include('key-secret');
  });

  it('makes the same account out of an empty one, but for the ids', async () => {
    expect(withoutOrder(parse(await exportFrom(copy)) as Tree)).to.deep.equal(
      withoutOrder(parse(exported) as Tree),
    );
    const key = copiedKey();
    expect(key?.client_id).to.be.a('string').and.not.equal('key');
  });

  it('makes applications there that work', async () => {
    const key = copiedKey();
    const response = await trustingFetch(certificate.tls.cert)(`${copy.url}oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: key?.client_id ?? '',
        client_secret: key?.client_secret ?? '',
        audience: AUDIENCE,
      }),
    });
    expect(await response.json()).to.include({ scope: 'read:users', token_type: 'Bearer' });
  });

  it('changes nothing where everything is there already, to the byte', async () => {
    expect(await exportFrom(original)).to.equal(exported);
    // Nothing was made anew: ids and secrets are those of the seed.
    expect(original.store.clients.get('key')).to.include({ client_secret: 'key-secret' });
    expect(original.store.clients.size).to.equal(account().clients?.length);
  });
});

/** A seed may leave a grant's subject out, meaning both; what comes in by the Management API has one. */
function plainAccount(): Seed {
  const seed = account();
  return {
    ...seed,
    client_grants: seed.client_grants?.map((grant) => ({ subject_type: 'client', ...grant })) ?? [],
  };
}

function operatorOnly(): Seed {
  return { clients: account().clients?.filter(({ client_id: id }) => id === OPERATOR.clientId) ?? [] };
}

/** Things come in the order of their making, which is not the same in a copy. */
function withoutOrder(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree).map(([kind, all]) => [
      kind,
      [...all].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)),
    ]),
  );
}
