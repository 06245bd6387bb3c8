/** `dev.json`: URLs and demo credentials, for programs that call the API. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../json.ts';
import { isClaimed } from './claim-home.ts';
import type { Deployment } from './deployment.ts';
import { homeFolder, writePrivate, type DemoTenant, type Memory } from './home.ts';

export interface DevJson {
  api: string;
  /** The issuer in tokens, with a trailing slash. */
  authority: string;
  audience: string;
  redis: string;
  tenants: Omit<DemoTenant, 'name' | 'shares'>[];
  /** A client with all scopes of the Management API. */
  operator: Memory['operator'];
}

export function writeDevJson({ api, authority, audience, redis, tenants, operator, home }: Deployment): void {
  const shown = tenants.map(({ name: _name, shares: _shares, ...tenant }) => tenant);
  const content: DevJson = { api, authority, audience, redis, tenants: shown, operator };
  writePrivate(join(home, 'dev.json'), content);
}

/** @returns undefined when nothing has been started in this home yet */
export function readDevJson(): DevJson | undefined {
  const file = join(homeFolder(), 'dev.json');
  return existsSync(file) ? parseJson<DevJson>(readFileSync(file, 'utf8')) : undefined;
}

/** The same address may be another folder's by now, where these credentials are worth nothing. */
export async function isRunning({ api }: DevJson): Promise<boolean> {
  if (!isClaimed(homeFolder())) return false;
  return fetch(`${api}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
