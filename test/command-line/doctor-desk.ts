/** A deployment of its own over the stand-in, and `trivium doctor` run on it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownToken } from '../../src/start/sign-in.ts';
import type { DeploymentSettings } from '../../src/start/deployment.ts';
import { ownDeployment, type OwnDeployment } from '../support/own-deployment.ts';
import { startProcess, TRIVIUM, type Running } from './trivium.ts';

export interface DoctorReport {
  is_well: boolean;
  proved: string[];
  findings: { code: string; level: string; what: string; why: string; fix: string }[];
}

export interface Examined {
  code: number | null;
  stderr: string;
  report: DoctorReport;
  /** Of what is not only good to know. */
  codes: string[];
}

export class DoctorDesk {
  readonly own: OwnDeployment;
  readonly #home = mkdtempSync(join(tmpdir(), 'trivium-doctor-'));

  private constructor(own: OwnDeployment) {
    this.own = own;
  }

  static async open(settings: Partial<DeploymentSettings> = {}): Promise<DoctorDesk> {
    return new DoctorDesk(await ownDeployment(settings));
  }

  async close(): Promise<void> {
    await this.own.end();
    rmSync(this.#home, { recursive: true, force: true });
  }

  start(args: string[] = [], env: Record<string, string> = {}): Running {
    const { authority, audience, operator, tenants } = this.own;
    const { client_id, client_secret } = tenants[0]!.api_key;
    return startProcess([TRIVIUM, 'doctor', ...args], {
      PATH: process.env['PATH'] ?? '',
      HOME: this.#home,
      AUTHORITY_URL: authority,
      AUDIENCE: audience,
      OPERATOR_CLIENT_ID: operator.client_id,
      OPERATOR_CLIENT_SECRET: operator.client_secret,
      TRIVIUM_CLIENT_ID: client_id,
      TRIVIUM_CLIENT_SECRET: client_secret,
      ...env,
    });
  }

  async examine(args: string[] = [], env: Record<string, string> = {}): Promise<Examined> {
    return examined(await this.start(['--json', ...args], env).ended);
  }

  /** With a throw-away key of a tenant that is there, which is the quickest. */
  quickly(args: string[] = [], env: Record<string, string> = {}): Promise<Examined> {
    return this.examine(['--tenant', this.own.tenants[0]!.id, ...args], env);
  }

  /** @throws Error unless Auth0 does it */
  async management(method: string, path: string, body?: object): Promise<unknown> {
    const { authority, operator } = this.own;
    const token = await ownToken({ authority, audience: `${authority}api/v2/` }, operator);
    const response = await fetch(`${authority}api/v2/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Ids of all that a run might leave at the authority. */
  async atAuthority(): Promise<string[]> {
    const lists: Record<string, string> = {
      clients: 'client_id',
      connections: 'id',
      users: 'user_id',
      'client-grants': 'id',
      organizations: 'id',
    };
    const found: string[] = [];
    for (const [list, id] of Object.entries(lists)) {
      const page = (await this.management('GET', `${list}?per_page=100`)) as Record<string, string>[];
      // The deployment's own, made with its first tenant that needs it.
      const others = page.filter(({ name }) => name !== 'trivium-tenants');
      found.push(...others.map((one) => `${list} ${one[id]} ${one['name'] ?? ''}`));
    }
    return found.sort();
  }
}

export function examined({
  code,
  stdout,
  stderr,
}: {
  code: number | null;
  stdout: string;
  stderr: string;
}): Examined {
  if (!stdout.startsWith('{')) throw new Error(`no report (${code}): ${stdout} ${stderr}`);
  const report = JSON.parse(stdout) as DoctorReport;
  const codes = report.findings.filter(({ level }) => level !== 'note').map((one) => one.code);
  return { code, stderr, report, codes };
}
