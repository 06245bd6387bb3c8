/**
 * The keys that sign principal tokens: the same in all API processes, and rotated by whichever process is the first to
 * see that it is time. A key is published before it signs, and for a while after, so that services that cache the key
 * set can verify every token. When Redis has lost the keys, new ones are made; a process that has the old ones uses
 * them until it reads again, for a minute at most. Deleting them in Redis is therefore how a leaked one is revoked.
 */
import type { Redis } from 'ioredis';
import type { Log } from '../log.ts';
import { redisNow } from '../redis/clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../redis/key-definition.ts';
import type { Seal } from '../secrets/seal.ts';
import {
  generateStoredKeyPair,
  signingKeyOf,
  type PublicJwk,
  type SigningKey,
  type StoredKeyPair,
} from './signing-key.ts';
import {
  addSigningKey,
  readSigningKeys,
  removeSigningKeys,
  type StoredSigningKey,
} from './signing-key-store.ts';

/** How long a key is published before it signs: longer than anybody caches the key set. */
export const PUBLISHED_BEFORE_MS = HOUR_MS;
/** How long a key is published after its last token: much longer than a token is valid. */
export const PUBLISHED_AFTER_MS = DAY_MS;
const READ_EVERY_MS = MINUTE_MS;
/** Another process may have added a key that this one cannot open; then this one adds the next. */
const MAX_ADDED = 3;

export interface SigningKeys {
  /** The key that signs now. */
  current(): SigningKey;
  /** The published keys, as a JWK Set (RFC 7517 section 5). */
  jwks(): { keys: PublicJwk[] };
  /** Reads the keys; adds the next one and removes old ones when it is time. Called every minute. */
  refresh(): Promise<void>;
  close(): void;
}

interface Parts {
  redis: Redis;
  seal: Seal;
  log: Log;
  /** How long a key signs. */
  rotationMs: number;
  /** ms since 1970. */
  now?: () => number;
}

interface KnownKey extends SigningKey {
  ordinal: number;
  /** When it begins to sign, ms since 1970. */
  signsFrom: number;
}

interface KeyRing {
  /** Oldest first. */
  known: readonly [KnownKey, ...KnownKey[]];
  /** Of all keys in Redis, also those that cannot be opened. */
  ordinals: readonly number[];
}

/** What is sealed. */
interface KeyRecord {
  pair: StoredKeyPair;
  signsFrom: number;
}

/** Resolves when there is a key. */
export async function openSigningKeys(parts: Parts): Promise<SigningKeys> {
  const { redis, log, now = redisNow } = parts;
  let { known } = await readOrRotate(parts, now());
  let current = keyAt(known, now());

  async function refresh(): Promise<void> {
    const ring = await readOrRotate(parts, now());
    ({ known } = ring);
    current = keyAt(known, now());
    await removeSigningKeys(redis, retiredOf(ring, now()));
  }

  const timer = setInterval(() => {
    refresh().catch((err: unknown) => log.error({ err }, 'signing keys were not refreshed'));
  }, READ_EVERY_MS).unref();
  return {
    current: () => current,
    jwks: () => ({ keys: known.map(({ publicJwk }) => publicJwk) }),
    refresh,
    close: () => clearInterval(timer),
  };
}

async function readOrRotate(parts: Parts, now: number): Promise<KeyRing> {
  const { redis, seal, rotationMs } = parts;
  for (let added = 0; ; added += 1) {
    const stored = await readSigningKeys(redis);
    const ordinals = stored.map(({ ordinal }) => ordinal);
    const [first, ...others] = stored.flatMap((one) => open(parts, one) ?? []);
    const signsFrom = startOfNext(others.at(-1) ?? first, rotationMs, now);
    const isEnough = signsFrom === undefined || added === MAX_ADDED;
    if (isEnough && first) return { known: [first, ...others], ordinals };
    if (isEnough) throw new Error('no signing key can be opened');
    const ordinal = (ordinals.at(-1) ?? 0) + 1;
    const record: KeyRecord = { pair: generateStoredKeyPair(), signsFrom };
    await addSigningKey(redis, { ordinal, sealed: seal.seal(record, placeOf(ordinal)) }, 2 * rotationMs);
  }
}

/** When the next key begins to sign, ms since 1970; undefined: it is too early to publish it. */
function startOfNext(newest: KnownKey | undefined, rotationMs: number, now: number): number | undefined {
  if (!newest) return now;
  const isTime = newest.signsFrom + rotationMs - PUBLISHED_BEFORE_MS <= now;
  return isTime ? now + PUBLISHED_BEFORE_MS : undefined;
}

/** The newest key that has begun to sign. A key that another process has just made may seem to begin in a moment. */
function keyAt(known: KeyRing['known'], now: number): SigningKey {
  return known.findLast(({ signsFrom }) => signsFrom <= now) ?? known[0];
}

/** Ordinals of the keys whose successor has been used for long enough. */
function retiredOf({ known, ordinals }: KeyRing, now: number): number[] {
  const successor = known.findLast(({ signsFrom }) => signsFrom + PUBLISHED_AFTER_MS <= now);
  return successor ? ordinals.filter((ordinal) => ordinal < successor.ordinal) : [];
}

/** @returns undefined for a key that was altered, or sealed with a key that is not configured */
function open({ seal, log }: Parts, { ordinal, sealed }: StoredSigningKey): KnownKey | undefined {
  // Not opened to see it fail: that would report a missing encryption key each minute.
  if (!seal.knows(sealed)) return undefined;
  try {
    const { pair, signsFrom } = seal.open<KeyRecord>(sealed, placeOf(ordinal));
    return { ...signingKeyOf(pair), ordinal, signsFrom };
  } catch (err) {
    log.error({ err, ordinal }, 'a signing key cannot be opened');
    return undefined;
  }
}

const placeOf = (ordinal: number): string => `signing-key:${ordinal}`;
