/**
 * Checks whether this process has every secret key that others write with. A new key must be added to every process
 * before any uses it first: a process without it can neither open what the others seal nor recognize tokens that they
 * issue. Each process reports the keys that it writes with, so that a wrong order is detected at once, not when the
 * first job fails.
 */
import { createHmac } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { keys } from './keys.ts';
import { defineScript, replyOf } from './scripts.ts';
import type { EncryptionKeys } from '../settings/setting.ts';

export interface SecretKeys {
  ENCRYPTION_KEYS: EncryptionKeys;
  /** The keys for new hashes. */
  HASH_KEY: readonly Buffer[];
}

export interface KeyWatch {
  /** Called for a stored value sealed with a key that this process lacks. */
  met(this: void, keyId: string): void;
  /**
   * Whether another process writes with a missing key (`in use`), or a value sealed with one was met lately (`met`).
   */
  lacks(): 'nothing' | 'met' | 'in use';
  close(): void;
}

const SAY_MS = 3_000;
/** How long a report is valid: several reporting intervals. */
const REPORT_VALID_MS = 12_000;
const MET_MS = 60_000;

const reportKeys = defineScript({
  file: new URL('./key-watch.lua', import.meta.url),
  keys: ['inUse'],
  args: ['keepMs', '...own'],
  reply: replyOf<string[]>,
});

/** Resolves when the keys in use are known. */
export async function createKeyWatch(redis: Redis, secrets: SecretKeys, log: Log): Promise<KeyWatch> {
  const { ENCRYPTION_KEYS, HASH_KEY } = secrets;
  const { byId, current } = ENCRYPTION_KEYS;
  const sealing = new Map([...byId].map(([id, key]) => [id, nameOf(`encryption key ${id}`, key)]));
  const hashing = HASH_KEY.map((key) => nameOf('hash key', key));
  const known = new Set([...sealing.values(), ...hashing]);
  const ours = [sealing.get(current), hashing[0]].filter((name) => name !== undefined);
  const warned = new Set<string>();
  let inUse: string[] = [];
  let metAt = -Infinity;

  function warnOnce(key: string, sentence: string): void {
    if (warned.has(key)) return;
    warned.add(key);
    log.error({ key }, sentence);
  }

  async function report(): Promise<void> {
    const all = await reportKeys(redis, { inUse: keys.keysInUse, keepMs: REPORT_VALID_MS, own: ours });
    inUse = all.filter((name) => !known.has(name));
    for (const name of inUse)
      warnOnce(
        labelOf(name),
        'another process writes with a key that this one lacks: add new keys everywhere before one is put in front anywhere',
      );
  }

  await report();
  // While Redis is unreachable, nobody writes with any key.
  const timer = setInterval(() => void report().catch(() => undefined), SAY_MS).unref();
  return {
    met(keyId) {
      metAt = performance.now();
      warnOnce(
        `encryption key ${keyId}`,
        'something is sealed with a key that this process lacks, and cannot be opened',
      );
    },
    lacks: () => {
      if (inUse.length > 0) return 'in use';
      return performance.now() - metAt < MET_MS ? 'met' : 'nothing';
    },
    close: () => clearInterval(timer),
  };
}

/** Two keys with the same id are different keys. The fingerprint reveals nothing of the key. */
const nameOf = (label: string, key: Buffer): string =>
  `${label}.${createHmac('sha256', key).update('trivium key fingerprint').digest('base64url').slice(0, 12)}`;
const labelOf = (name: string): string => name.replace(/\..*/, '');
