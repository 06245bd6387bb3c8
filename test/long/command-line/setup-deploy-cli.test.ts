/** `trivium setup --deploy-cli`: imported by auth0-deploy-cli, unmodified, into an account, which then is as Trivium needs it. */
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { contentOf, SETUP_CLIENT, SetupAccount, type Body } from '../../command-line/setup-account.ts';
import { makeCertificate, type Certificate } from '../../outside-clients/certificate.ts';

const PROGRAM = fileURLToPath(
  new URL('../../../node_modules/auth0-deploy-cli/lib/index.js', import.meta.url),
);
/** An import compiles a schema of eight megabytes, twice, before it does anything. */
const IMPORT_MS = 720_000;

/** auth0-deploy-cli knows https only. */
async function startTls({ tls }: Certificate, portOf: () => number): Promise<Server> {
  const server = createServer(tls, ({ method, url, headers }, outgoing) => {
    outgoing.req.pipe(
      request({ port: portOf(), host: 'localhost', method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}

describe('trivium setup --deploy-cli', () => {
  let certificate: Certificate;
  let tls: Server;
  let account: SetupAccount;

  before(async () => {
    certificate = await makeCertificate();
    tls = await startTls(certificate, () => account.standIn.port);
    account = await SetupAccount.start(`https://localhost:${(tls.address() as AddressInfo).port}/`);
  });
  after(async () => {
    tls?.close();
    tls?.closeAllConnections();
    await account?.close();
    await certificate?.remove();
  });

  const trusting = () => ({ NODE_EXTRA_CA_CERTS: certificate.file });
  const setup = (...args: string[]) => account.ended(args, trusting());

  /** auth0-deploy-cli in that folder, with its configuration there. */
  async function deployCli(folder: string, ...words: string[]): Promise<void> {
    await promisify(execFile)(
      process.execPath,
      [PROGRAM, ...words, '--config_file', 'config.json', '--env', 'true'],
      {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          AUTH0_CLIENT_ID: SETUP_CLIENT.client_id,
          AUTH0_CLIENT_SECRET: SETUP_CLIENT.client_secret,
          AUTH0_API_MAX_RETRIES: '1',
          ...trusting(),
        },
      },
    ).catch((error: Error & { stdout?: string }) => {
      throw new Error(`${error.message}\n${error.stdout}`);
    });
  }

  it('makes an account as Trivium needs it, with nothing of others changed', async function () {
    this.timeout(IMPORT_MS);
    const theirs = await account.plantAction('Theirs');
    await account.call('PATCH', 'actions/triggers/post-login/bindings', {
      bindings: [{ ref: { type: 'action_id', value: theirs }, display_name: 'Theirs' }],
    });
    const key = { name: 'A key of acme', app_type: 'non_interactive', client_metadata: { kind: 'tenant' } };
    const { client_id } = await account.call('POST', 'clients', key);
    const grant = { client_id, audience: `${account.standIn.url}api/v2/`, scope: ['read:users'] };
    await account.call('POST', 'client-grants', grant);
    const others = () =>
      Promise.all([
        account.call('GET', `clients/${client_id}`),
        account.call('GET', `client-grants?client_id=${client_id}`),
        account.call('GET', `actions/actions/${theirs}`),
      ]);
    const before = JSON.stringify(await others());

    const folder = account.path('code');
    const written = await setup('--deploy-cli', folder, '--new-keys');
    expect(written.code, written.stderr).to.equal(0);
    expect(JSON.stringify(await contentOf(account))).to.not.include('Trivium ');
    await deployCli(folder, 'import', '--input_file', 'tenant.yaml');

    const { code, stdout } = await setup('--check', '--json');
    const { changes, findings } = JSON.parse(stdout) as { changes: Body[]; findings: Body[] };
    expect([changes, findings]).to.deep.equal([[], []]);
    expect(code).to.equal(0);
    expect(JSON.stringify(await others())).to.equal(before);
    const { bindings } = await account.call('GET', 'actions/triggers/post-login/bindings');
    expect(bindings.map(({ display_name }: Body) => display_name)).to.deep.equal([
      'Theirs',
      'Trivium claims (sign-in)',
    ]);
  });
});
