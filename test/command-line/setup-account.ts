/** An Auth0 account (the stand-in) without anything of ours, and `trivium setup` run on it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SetupEnding } from '../../src/command-line/setup/failure.ts';
import { runSetup, type RunOptions } from '../../src/command-line/setup/run-setup.ts';
import { createStandIn, type StandIn } from '../../src/stand-in/stand-in.ts';
import { startProcess, TRIVIUM, type Ended, type Running } from './trivium.ts';

export const AUDIENCE = 'https://api.setup.example';
export const SETUP_CLIENT = { client_id: 'set-up', client_secret: 'secret-of-the-set-up-client' };

export type Body = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it freely

export interface Run {
  ending: SetupEnding;
  printed: string;
  said: string;
}

export class SetupAccount {
  readonly #home = mkdtempSync(join(tmpdir(), 'trivium-setup-'));
  /** Private keys and environment files. */
  readonly folder = join(this.#home, 'account');
  readonly standIn: StandIn;
  /** Of the Management API, with all scopes. */
  token = '';

  private constructor(standIn: StandIn) {
    this.standIn = standIn;
  }

  /** @param issuer of the stand-in; left out: its own address */
  static async start(issuer?: string): Promise<SetupAccount> {
    const client = { ...SETUP_CLIENT, name: 'Set-up', app_type: 'non_interactive' };
    const seed = { clients: [{ ...client, grant_types: ['client_credentials'] }], actions: [] };
    const standIn = await createStandIn({ seed, ...(issuer !== undefined && { issuer }) });
    const account = new SetupAccount(standIn);
    const audience = `${standIn.url}api/v2/`;
    const scope = (standIn.store.resourceServers.first('identifier', audience)?.scopes ?? []).map(
      ({ value }) => value,
    );
    standIn.store.clientGrants.put({ id: 'cgr_set_up', client_id: SETUP_CLIENT.client_id, audience, scope });
    account.token = await account.tokenWith();
    return account;
  }

  /** Of a file that is not in its folder. */
  path(name: string): string {
    return join(this.#home, name);
  }

  /** @param scope left out: all of them */
  async tokenWith(scope?: string): Promise<string> {
    const response = await fetch(`http://localhost:${this.standIn.port}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'client_credentials',
        audience: `${this.standIn.url}api/v2/`,
        ...SETUP_CLIENT,
        scope,
      }),
    });
    return ((await response.json()) as { access_token: string }).access_token;
  }

  /** @throws Error unless Auth0 does it */
  async call(method: string, path: string, body?: object): Promise<Body> {
    const response = await fetch(`http://localhost:${this.standIn.port}/api/v2/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Body);
  }

  start(args: string[], env: Record<string, string> = {}): Running {
    const base = { PATH: process.env['PATH'] ?? '', HOME: this.#home, AUTH0_ACCESS_TOKEN: this.token };
    return startProcess([TRIVIUM, ...args], { ...base, ...env });
  }

  /** The program, as a process, with the options that it always needs. */
  setUp(args: string[] = ['--yes'], env?: Record<string, string>): Running {
    const where = ['--domain', this.standIn.url, '--audience', AUDIENCE, '--folder', this.folder];
    return this.start(['setup', ...where, ...args], env);
  }

  ended(args?: string[], env?: Record<string, string>): Promise<Ended> {
    return this.setUp(args, env).ended;
  }

  /** What the program does, in this process, which saves its start. */
  async run(options: Partial<RunOptions> = {}): Promise<Run> {
    const [printed, said]: [string[], string[]] = [[], []];
    const nobody = () => Promise.reject(new Error('nobody is asked here'));
    const ending = await runSetup(
      {
        domain: this.standIn.url,
        audience: AUDIENCE,
        folder: this.folder,
        check: false,
        yes: true,
        json: true,
        newKeys: false,
        replaceActions: false,
        ...options,
      },
      { isInteractive: false, ask: nobody, askSecret: nobody, confirm: nobody },
      { print: (text) => printed.push(text), say: (text) => said.push(text) },
      { AUTH0_ACCESS_TOKEN: this.token },
    );
    return { ending, printed: printed.join('\n'), said: said.join('\n') };
  }

  /** `--check`, as JSON. */
  async checked(options: Partial<RunOptions> = {}) {
    const { ending, printed } = await this.run({ check: true, ...options });
    const report = JSON.parse(printed) as { is_as_wanted: boolean; changes: Body[]; findings: Body[] };
    return { ending, ...report };
  }

  /** An Action of somebody else's, deployed. @returns its id */
  async plantAction(name: string): Promise<string> {
    const { id } = await this.call('POST', 'actions/actions', {
      name,
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code: 'exports.onExecutePostLogin = async () => {};',
    });
    await this.call('POST', `actions/actions/${id}/deploy`);
    return String(id);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  /** Variables of one of its files. */
  environment(name: string): Record<string, string> {
    const lines = this.read(name)
      .split('\n')
      .filter((line) => /^\w+=/.test(line));
    return Object.fromEntries(lines.map((line) => [line.split('=')[0], line.replace(/^\w+=/, '')]));
  }

  async close(): Promise<void> {
    await this.standIn.close();
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** What the account contains. @param ids whether ids and times are in it, which differ from account to account */
export async function contentOf(account: SetupAccount, { ids = false } = {}): Promise<Body> {
  const [settings, apis, clients, grants, actions, policies] = await Promise.all([
    account.call('GET', 'tenants/settings'),
    account.call('GET', 'resource-servers?per_page=100'),
    account.call('GET', 'clients?per_page=100'),
    account.call('GET', 'client-grants?per_page=100'),
    account.call('GET', 'actions/actions?per_page=100'),
    account.call('GET', 'rate-limit-policies'),
  ]);
  const bindings = await Promise.all(
    ['post-login', 'credentials-exchange'].map((trigger) =>
      account.call('GET', `actions/triggers/${trigger}/bindings`),
    ),
  );
  const credentials = await Promise.all(
    clients.map(({ client_id }: Body) => account.call('GET', `clients/${client_id}/credentials`)),
  );
  const content = { settings, apis, clients, grants, actions, policies, bindings, credentials };
  return ids ? content : (JSON.parse(JSON.stringify(content, withoutIds)) as Body);
}

const CHANGING = /^(id|.*_id|kid|client_secret|.*_at|build_time|identifier|audience|signing_secret)$/;

function withoutIds(name: string, value: unknown): unknown {
  if (CHANGING.test(name)) return undefined;
  return name === 'name' && typeof value === 'string'
    ? value.replace(/^trivium [\w-]{43}$/, 'trivium KEY')
    : value;
}
