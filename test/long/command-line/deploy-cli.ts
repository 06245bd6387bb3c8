/** An account (the stand-in) that speaks https, and auth0-deploy-cli, unmodified, on it. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SETUP_CLIENT, SetupAccount } from '../../command-line/setup-account.ts';
import type { Ended } from '../../command-line/trivium.ts';
import { makeCertificate, type Certificate } from '../../outside-clients/certificate.ts';

const PROGRAM = fileURLToPath(
  new URL('../../../node_modules/auth0-deploy-cli/lib/index.js', import.meta.url),
);
/** An import compiles a schema of eight megabytes, twice, before it does anything. */
export const IMPORT_MS = 720_000;

export class DeployCliAccount {
  readonly account: SetupAccount;
  readonly #certificate: Certificate;
  readonly #tls: Server;

  private constructor(account: SetupAccount, certificate: Certificate, tls: Server) {
    this.account = account;
    this.#certificate = certificate;
    this.#tls = tls;
  }

  static async start(): Promise<DeployCliAccount> {
    const certificate = await makeCertificate();
    const to = { port: 0 };
    const tls = await startTls(certificate, to);
    const { port } = tls.address() as AddressInfo;
    const account = await SetupAccount.start(`https://localhost:${port}/`);
    to.port = account.standIn.port;
    return new DeployCliAccount(account, certificate, tls);
  }

  /** For processes that call the account. */
  get env(): Record<string, string> {
    return { PATH: process.env['PATH'] ?? '', NODE_EXTRA_CA_CERTS: this.#certificate.file };
  }

  /** `trivium setup` */
  setup(...args: string[]): Promise<Ended> {
    return this.account.ended(args, this.env);
  }

  /** In that folder, with the configuration there. */
  async run(folder: string, ...words: string[]): Promise<void> {
    // Domain and excludes come from the file, the credential from the environment.
    const args = [PROGRAM, ...words, '--config_file', 'config.json', '--env', 'true'];
    const credential = {
      AUTH0_CLIENT_ID: SETUP_CLIENT.client_id,
      AUTH0_CLIENT_SECRET: SETUP_CLIENT.client_secret,
      AUTH0_API_MAX_RETRIES: '1',
    };
    try {
      await promisify(execFile)(process.execPath, args, { cwd: folder, env: { ...this.env, ...credential } });
    } catch (error) {
      const { message, stdout } = error as Error & { stdout?: string };
      throw new Error(`${message}\n${stdout}`, { cause: error });
    }
  }

  /** @returns a folder with that configuration */
  folder(name: string, config: object): string {
    const folder = this.account.path(name);
    mkdirSync(folder, { recursive: true });
    const domain = { AUTH0_DOMAIN: new URL(this.account.standIn.url).host };
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...domain, ...config }));
    return folder;
  }

  /** @returns `tenant.yaml` */
  async exported(name: string, config: object): Promise<string> {
    const folder = this.folder(name, config);
    await this.run(folder, 'export', '--format', 'yaml', '--output_folder', 'tree');
    return readFileSync(join(folder, 'tree', 'tenant.yaml'), 'utf8');
  }

  async close(): Promise<void> {
    this.#tls.close();
    this.#tls.closeAllConnections();
    await this.account.close();
    await this.#certificate.remove();
  }
}

/** auth0-deploy-cli knows https only. */
async function startTls({ tls }: Certificate, to: { port: number }): Promise<Server> {
  const server = createServer(tls, (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const passed = request({ ...to, host: 'localhost', method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}
