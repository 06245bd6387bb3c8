/**
 * `npm run verify-audit [-- TENANT …] [--heads FILE]`: verifies the hash chain of each audit log, lists events that were modified, removed
 * or reordered, and exits with 1 if there are any, with 2 if it could not read the logs. FILE stores the end of each log; kept out of
 * reach of anyone who can write to Redis, it also reveals a log that was reset as a whole to an earlier state; if a restore from a backup
 * did that, it says so, and goes on from there with `--after-restore`.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { configOrExit, readAuditConfig } from '../config.ts';
import { listAudited, readLog } from '../events/audit-log.ts';
import { createChainKeys, type Link } from '../events/chain.ts';
import { describeRestore, findRestore } from '../events/find-restore.ts';
import { verifyLog, type LogFault } from '../events/verify-log.ts';
import { parseJson } from '../json.ts';
import { connectForWaiting, untilReady } from '../redis/connections.ts';
import { homeFolder, readMemory, writePrivate } from './home.ts';

type Heads = Record<string, Link>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { heads: { type: 'string' }, 'after-restore': { type: 'boolean', default: false } },
});
const config = configOrExit(() => readAuditConfig(environment()));
const redis = connectForWaiting(config);
try {
  redis.on('error', () => undefined);
  await untilReady(redis);
  process.exitCode = (await verifyAll()) > 0 ? 1 : 0;
} catch (error) {
  console.error(
    `The audit logs could not be read: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 2;
} finally {
  redis.disconnect();
}

/** @returns number of faults */
async function verifyAll(): Promise<number> {
  const chain = createChainKeys(config.ENCRYPTION_KEYS);
  // A map, as names of tenants may be `constructor`.
  const known = new Map(Object.entries(readHeads()));
  const tenants = new Set(
    positionals.length > 0 ? positionals : [...(await listAudited(redis)), ...known.keys()],
  );
  const heads = new Map(known);
  let count = 0;
  const setBack: string[] = [];
  for (const tenant of tenants) {
    const { events, last, faults } = await verifyLog(redis, chain, tenant);
    const before = known.get(tenant);
    const missing = before ? await missingSince(tenant, before, last) : [];
    const restored = before && missing.length > 0 ? await findRestore(redis, tenant, knownAt()) : undefined;
    if (restored) setBack.push(tenant);
    if (before && restored && values['after-restore'])
      console.log(`${tenant}: ${describeRestore(before.seq, restored)}`);
    else if (before && restored)
      faults.push({ kind: 'dropped', seq: restored.seq, what: describeRestore(before.seq, restored) });
    else faults.push(...missing);
    console.log(
      `${tenant}: ${events} events, the last is number ${last.seq}: ${faults.length === 0 ? 'intact' : 'NOT INTACT'}`,
    );
    for (const { kind, seq, what } of faults) console.log(`  ${kind}: number ${seq}: ${what}`);
    count += faults.length;
    if (faults.length === 0) heads.set(tenant, { seq: last.seq, hash: last.hash });
  }
  if (setBack.length > 0 && !values['after-restore'])
    console.log('Logs were set back by a restore; if you have made it, accept that with --after-restore.');
  if (values.heads !== undefined && count === 0) writePrivate(values.heads, Object.fromEntries(heads));
  return count;
}

/** The stored end of the log must still be in it, or have expired. */
async function missingSince(tenant: string, before: Link, last: Link): Promise<LogFault[]> {
  const lost = {
    kind: 'dropped' as const,
    seq: before.seq,
    what: 'was the end of the log at the last verification',
  };
  if (last.seq < before.seq) return [lost];
  for (let from = '-'; ;) {
    const page = await readLog(redis, tenant, { from, to: '+', count: 1_000 });
    for (const { id, text, hash } of page) {
      from = `(${id}`;
      const { seq } = parseJson<{ seq: number }>(text);
      if (seq > before.seq) return [];
      if (seq === before.seq) return hash === before.hash ? [] : [{ ...lost, kind: 'edited' }];
    }
    if (page.length < 1_000) return [];
  }
}

/** When the heads were stored. */
function knownAt(): number {
  return values.heads === undefined ? 0 : (statSync(values.heads, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

function readHeads(): Heads {
  return values.heads !== undefined && existsSync(values.heads)
    ? parseJson<Heads>(readFileSync(values.heads, 'utf8'))
    : {};
}

/** With `npm start` running, nothing needs to be set. */
function environment(): Record<string, string | undefined> {
  if (process.env['REDIS_URL'] || process.env['REDIS_URL_FILE']) return process.env;
  const { ports, encryptionKeys } = readMemory(homeFolder());
  return {
    ...process.env,
    REDIS_URL: ports.redis === undefined ? undefined : `redis://127.0.0.1:${ports.redis}`,
    ENCRYPTION_KEYS: process.env['ENCRYPTION_KEYS'] ?? encryptionKeys,
  };
}
