/** The folder that `npm start` keeps everything in: TRIVIUM_HOME, or `.trivium`. */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseJson } from '../json.ts';

/** What was made up at the first start and stays. */
export interface Memory {
  ports: { api?: number; authority?: number; redis?: number };
  encryptionKeys: string;
  hashKey: string;
  worker: { client_id: string; client_secret: string };
  operator: { client_id: string; client_secret: string };
  /** The single-page app that tenants share. */
  web_app: { client_id: string; redirect_uri: string };
  /** The console's client, and a person who operates the deployment there. */
  console: { client_id: string; operator: DemoPerson };
  tenants: DemoTenant[];
  /** Of the contract at the last start: those that are new since then are added to the tenants' keys. */
  scopes?: readonly string[];
}

export interface DemoTenant {
  id: string;
  name: string;
  /** It has the web app and the database in common with others. */
  shares?: true;
  /** Id of its organization at the authority; left out: it is none. */
  organization?: string;
  spa_client_id: string;
  spa_redirect_uri: string;
  api_key: { client_id: string; client_secret: string };
  users: DemoPerson[];
}

export interface DemoPerson {
  email: string;
  password: string;
  roles: string[];
  user_id: string;
}

export function homeFolder(): string {
  const project = fileURLToPath(new URL('../../', import.meta.url));
  const folder = resolve(project, process.env['TRIVIUM_HOME'] || '.trivium');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Written whole or not at all, and readable by its owner only. */
export function writePrivate(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, JSON.stringify(value, null, 2) + '\n', { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}

/**
 * How the demo tenants are kept apart. `own`: each has its own web app and database. `shared`: they share both. `organization`: they are
 * organizations besides. `each`: two share both, and a third one is an organization besides.
 */
export type Tenancy = 'own' | 'shared' | 'organization' | 'each';

/** @param tenancy of the demo tenants, where there are none yet */
export function readMemory(home: string, tenancy: Tenancy = 'own'): Memory {
  const file = join(home, 'memory.json');
  // What an earlier version made lacks what it did not know.
  if (existsSync(file)) {
    const known = parseJson<Omit<Memory, Later> & Partial<Memory>>(readFileSync(file, 'utf8'));
    return {
      ...known,
      hashKey: known.hashKey ?? newKey(),
      web_app: known.web_app ?? newWebApp(),
      console: known.console ?? newConsole(),
    };
  }
  const web_app = newWebApp();
  const tenants = [newTenant('acme', 'Acme', 5173), newTenant('globex', 'Globex', 5174)];
  if (tenancy === 'each') tenants.push({ ...newTenant('hooli', 'Hooli', 5175), ...newOrganization() });
  const isOrganization = tenancy === 'organization';
  const shared = { shares: true, spa_client_id: web_app.client_id } as const;
  return {
    ports: {},
    encryptionKeys: `k1:${newKey()}`,
    hashKey: newKey(),
    worker: newClient(),
    operator: newClient(),
    web_app,
    console: newConsole(),
    tenants:
      tenancy === 'own'
        ? tenants
        : tenants.map((tenant) => ({ ...tenant, ...shared, ...(isOrganization && newOrganization()) })),
  };
}

type Later = 'hashKey' | 'web_app' | 'console';

const newWebApp = (): Memory['web_app'] => ({
  client_id: newClient().client_id,
  redirect_uri: 'http://localhost:5173/callback',
});

function newKey(): string {
  return randomBytes(32).toString('base64');
}

export function saveMemory(home: string, memory: Memory): void {
  writePrivate(join(home, 'memory.json'), memory);
}

/** @param spaPort where a developer's single-page app would run; 5173 is Vite's */
function newTenant(id: string, name: string, spaPort: number): DemoTenant {
  return {
    id,
    name,
    spa_client_id: newClient().client_id,
    spa_redirect_uri: `http://localhost:${spaPort}/callback`,
    api_key: newClient(),
    users: [newPerson('admin', id), newPerson('member', id)],
  };
}

const newPerson = (role: string, domain: string): DemoPerson => ({
  email: `${role}@${domain}.example`,
  password: `${role}-${randomBytes(6).toString('base64url')}-A1`,
  roles: [role],
  user_id: `auth0|${randomBytes(12).toString('hex')}`,
});

const newConsole = (): Memory['console'] => ({
  client_id: newClient().client_id,
  operator: newPerson('operator', 'operators'),
});

const newOrganization = () => ({ organization: `org_${randomBytes(8).toString('hex')}` });

function newClient(): { client_id: string; client_secret: string } {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const client_id = Array.from(randomBytes(32), (byte) => letters[byte % letters.length]).join('');
  return { client_id, client_secret: randomBytes(48).toString('base64url') };
}
