/** What many callers cost: five thousand tenants' keys in turn, beside those of two tenants. */
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { keys } from '../../src/redis/keys.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';
import { saveClient } from '../../src/registry/client-store.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { ControlClient } from '../../src/stand-in/control/control-client.ts';
import type { Deployment } from '../../src/start/deployment.ts';
import { pin, putUnderLoad, SERVER_CORE } from './load.ts';
import { median, type Measure, type Options } from './measure.ts';
import { pacesOf, race, ratios } from './rounds.ts';
import { signTokens, type Caller } from './tokens.ts';

const TENANTS = 5_000;
const KEYS_EACH = 4;
const SCOPES = ['read:users'];
const PAGE_BYTES = 4_096;

export async function costOfManyTenants(
  deployment: Deployment,
  control: ControlClient,
  options: Options,
): Promise<Measure[]> {
  const many = await registerMany(deployment.redis);
  const few = deployment.tenants.slice(0, 2).map(({ id, api_key }) => ({
    tenantId: id,
    clientId: api_key.client_id,
    scopes: SCOPES,
  }));
  const tokens = await signTokens(control, deployment, [...many, ...few]);
  const [ofMany, ofFew] = [tokens.slice(0, many.length), tokens.slice(many.length)];
  const [busy, quiet] = [await deployment.startApi('many'), await deployment.startApi('few')];
  try {
    for (const { pid } of [busy, quiet]) pin(pid, SERVER_CORE);
    const load = { url: `${busy.url}/v1/me`, headers: {}, credentials: ofMany };
    const before = memoryOf(busy.pid);
    // Each is verified and looked up once; what is measured is callers that are known.
    await putUnderLoad(load);
    const kept = memoryOf(busy.pid) - before;
    const results = await race(
      { many: load, few: { url: `${quiet.url}/v1/me`, headers: {}, credentials: spread(ofFew) } },
      options,
    );
    const paces = pacesOf(results);
    const runs = ratios(paces.many, paces.few);
    const perKey = kept / ofMany.length / 1024;
    return [
      {
        name: 'cost_5000_tenants',
        value: median(runs),
        unit: '×',
        target: 0.8,
        baseline: 'keys of two tenants; 20,000 keys in turn',
        runs,
      },
      {
        name: 'memory_per_known_key',
        value: perKey,
        unit: 'KiB',
        target: null,
        baseline: 'resident memory of the process, before and after 20,000',
        runs: [perKey],
      },
    ];
  } finally {
    await Promise.all([busy.stop(), quiet.stop()]);
  }
}

/** As their provisioning would leave them; not by it, for nobody at the authority has to know them. */
async function registerMany(redisUrl: string): Promise<Caller[]> {
  const redis = new Redis(redisUrl);
  const created_at = new Date().toISOString();
  const callers: Caller[] = [];
  try {
    for (let n = 0; n < TENANTS; n += 1) {
      const id = `bench-${n}`;
      const tenant: Tenant = { id, name: id, status: 'active', connection: `${id}-users`, created_at };
      await redis.hset(keys.tenants, id, JSON.stringify(tenant));
      const clients = Array.from({ length: KEYS_EACH }, (_, i): ApiKeyClient => ({
        kind: 'tenant',
        client_id: `${id}-key-${i}`,
        tenant_id: id,
        name: `key ${i}`,
        scopes: SCOPES,
        created_at,
      }));
      await Promise.all(clients.map((client) => saveClient(redis, client)));
      callers.push(...clients.map(({ client_id: clientId }) => ({ tenantId: id, clientId, scopes: SCOPES })));
    }
  } finally {
    await redis.quit();
  }
  return callers;
}

/** Each connection has its own part of the list: all of them need some. */
const spread = (tokens: readonly string[]) =>
  Array.from({ length: 128 }, (_, i) => tokens[i % tokens.length]!);

/** Resident memory, bytes (proc_pid_statm(5)). */
function memoryOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
}
