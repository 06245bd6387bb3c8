/**
 * Whether this process has every key that others write with. A new key is to be added everywhere before it is put in front anywhere:
 * otherwise those that lack it can open nothing that the others seal, and know no token that they issue. Each process says which keys it
 * writes with, so that the wrong order is seen at once, and not when the first job fails.
 */
import { createHmac } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { keys } from './keys.ts';
import { defineScript, replyOf } from './scripts.ts';
import type { EncryptionKeys } from '../settings/setting.ts';

export interface SecretKeys {
  ENCRYPTION_KEYS: EncryptionKeys;
  /** The first hashes. */
  HASH_KEY: readonly Buffer[];
}

export interface KeyWatch {
  /** Of something stored: the id of the key that it is sealed with, which this process lacks. */
  met(this: void, keyId: string): void;
  /** Whether another process writes with a key that this one lacks (`in use`), or something was met lately that one sealed (`met`). */
  lacks(): 'nothing' | 'met' | 'in use';
  close(): void;
}

const SAY_MS = 3_000;
/** How long it counts what a process said: a few times as long as it takes to say it again. */
const SAID_MS = 12_000;
const MET_MS = 60_000;

const sayKeys = defineScript({
  file: new URL('./key-watch.lua', import.meta.url),
  keys: ['inUse'],
  args: ['keepMs', '...own'],
  reply: replyOf<string[]>,
});

/** Resolves when it is known which keys are in use. */
export async function createKeyWatch(redis: Redis, secrets: SecretKeys, log: Log): Promise<KeyWatch> {
  const { ENCRYPTION_KEYS, HASH_KEY } = secrets;
  const { byId, current } = ENCRYPTION_KEYS;
  const sealing = new Map([...byId].map(([id, key]) => [id, nameOf(`encryption key ${id}`, key)]));
  const hashing = HASH_KEY.map((key) => nameOf('hash key', key));
  const known = new Set([...sealing.values(), ...hashing]);
  const ours = [sealing.get(current), hashing[0]].filter((name) => name !== undefined);
  const told = new Set<string>();
  let inUse: string[] = [];
  let metAt = -Infinity;

  function tell(key: string, sentence: string): void {
    if (told.has(key)) return;
    told.add(key);
    log.error({ key }, sentence);
  }

  async function say(): Promise<void> {
    const all = await sayKeys(redis, { inUse: keys.keysInUse, keepMs: SAID_MS, own: ours });
    inUse = all.filter((name) => !known.has(name));
    for (const name of inUse)
      tell(
        labelOf(name),
        'another process writes with a key that this one lacks: add new keys everywhere before one is put in front anywhere',
      );
  }

  await say();
  // Redis may be away: then nobody writes with any key.
  const timer = setInterval(() => void say().catch(() => undefined), SAY_MS).unref();
  return {
    met(keyId) {
      metAt = performance.now();
      tell(
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

/** Two keys of one id are two keys. The fingerprint says nothing of the key. */
const nameOf = (label: string, key: Buffer): string =>
  `${label}.${createHmac('sha256', key).update('trivium key fingerprint').digest('base64url').slice(0, 12)}`;
const labelOf = (name: string): string => name.replace(/\..*/, '');
