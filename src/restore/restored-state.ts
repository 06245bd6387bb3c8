/**
 * A restore from a backup, noted in Redis itself. While it is being loaded or compared with the authority, nobody is let in and no job
 * runs; after that nothing is deleted at the authority for not being in the registry, until the operator ends it.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { redisTimestamp } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';

/** What the comparison found. Contains ids only. */
export interface Finding {
  what: string;
  /** Of a tenant, client, job or import. */
  id: string;
  tenant_id?: string | undefined;
  /** `applied`: follows the authority now. `unknown`: the operator has to look. */
  done: 'applied' | 'unknown';
}

export interface Restore {
  id: string;
  state: 'loading' | 'comparing' | 'compared';
  /** `file`: loaded by `npm run restore`. `elsewhere`: by other means, as the operator or the epoch says. */
  from: 'file' | 'elsewhere';
  /** Id of the backup. */
  backup?: string;
  /** ISO 8601: when the backup began; nothing is known here of what was changed since. Left out: the operator knows. */
  backup_at?: string;
  /** ISO 8601: when the restore began. */
  at: string;
  findings: Finding[];
  /** How many more there were. */
  more?: number;
}

const MAX_FINDINGS = 10_000;

/** Of a registry: ms since 1970, by the clock of Redis. */
export interface Epoch {
  id: string;
  at: number;
}

export const epochText = ({ id, at }: Epoch): string => `${id} ${at}`;

export function epochOf(text: unknown): Epoch | undefined {
  const [, id, at] = (typeof text === 'string' && /^([0-9a-f-]{36}) (\d+)$/.exec(text)) || [];
  return id === undefined ? undefined : { id, at: Number(at) };
}

export const readEpoch = async (redis: Redis): Promise<Epoch | undefined> =>
  epochOf(await redis.get(keys.epoch));

export async function saveEpoch(redis: Redis, epoch: Epoch): Promise<void> {
  await redis.set(keys.epoch, epochText(epoch));
}

export async function readRestore(redis: Redis): Promise<Restore | undefined> {
  return parseStored<Restore>(await redis.get(keys.restored));
}

/** @returns false when a restore is noted already */
export async function beginRestore(
  redis: Redis,
  restore: Pick<Restore, 'state' | 'from' | 'backup' | 'backup_at'>,
): Promise<boolean> {
  const begun: Restore = { id: randomUUID(), at: redisTimestamp(), findings: [], ...restore };
  return (await redis.set(keys.restored, JSON.stringify(begun), 'NX')) === 'OK';
}

/** Findings are added to those of an earlier attempt, each once. */
export async function saveRestore(
  redis: Redis,
  restore: Restore,
  state: Restore['state'],
  found: readonly Finding[] = [],
): Promise<Restore> {
  const nameOf = ({ what, id, tenant_id }: Finding) => JSON.stringify([what, id, tenant_id]);
  const all = [...new Map([...restore.findings, ...found].map((one) => [nameOf(one), one])).values()];
  const more = (restore.more ?? 0) + Math.max(0, all.length - MAX_FINDINGS);
  const next: Restore = {
    ...restore,
    state,
    findings: all.slice(0, MAX_FINDINGS),
    ...(more > 0 && { more }),
  };
  await redis.set(keys.restored, JSON.stringify(next));
  return next;
}

/** Notes a restore by other means, in place of one that was compared already. @returns false when one goes on */
export async function beginElsewhere(redis: Redis): Promise<boolean> {
  if ((await readRestore(redis))?.state === 'compared') await endRestore(redis);
  return beginRestore(redis, { state: 'comparing', from: 'elsewhere' });
}

export async function endRestore(redis: Redis): Promise<void> {
  await redis.del(keys.restored);
}

/** Whether nobody may be let in, because what was revoked since the backup is not known yet. */
export const isUnconfirmed = (restore: Pick<Restore, 'state'> | undefined): boolean =>
  restore !== undefined && restore.state !== 'compared';
