/** Keys for hashing and encryption: 32 random bytes. Invented keys and unchanged placeholders are rejected. */
import { ConfigFault } from './config-fault.ts';

const BYTES = 32;
const MAKE_ONE = 'generate one with `openssl rand -base64 32`';
/** Random bytes violate each bound with a probability below 1 in 100 million. They have about 30 different values. */
const MIN_DIFFERENT = 16;
const MAX_RUN = 4;
/** On average, 12 of 32 random bytes are printable ASCII. */
const MAX_PRINTABLE = 27;
/** A pattern with a period of at most 24 bytes repeats at least eight bytes. */
const MAX_PERIOD = 24;

/** @throws ConfigFault */
export function secretKey(text: string): Buffer {
  // `Buffer.from` ignores characters that are not base64.
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) throw new ConfigFault(`must be 32 bytes in base64: ${MAKE_ONE}`);
  const key = Buffer.from(text, 'base64');
  const weakness = weaknessOf(key);
  if (weakness !== undefined)
    throw new ConfigFault(`is not a key of 32 random bytes (${weakness}): ${MAKE_ONE}`);
  return key;
}

/** Comma-separated, at least one. An id before a key, as in ENCRYPTION_KEYS, is ignored. @throws ConfigFault */
export function secretKeys(text: string): [Buffer, ...Buffer[]] {
  const [first = '', ...others] = text
    .split(',')
    .map((one) => one.trim().replace(/^[A-Za-z0-9_-]{1,20}:/, ''));
  return [secretKey(first), ...others.map(secretKey)];
}

/** @returns why the key is not random; undefined if it may be */
function weaknessOf(key: Buffer): string | undefined {
  const bytes = [...key];
  const steps = bytes.slice(1).map((byte, index) => (byte - (bytes[index] ?? 0) + 256) % 256);
  if (new Set(bytes).size < MIN_DIFFERENT) return 'few different bytes';
  if (new Set(steps).size < MIN_DIFFERENT) return 'a sequence';
  if (hasPeriod(key)) return 'a pattern that repeats';
  if (longestRun(bytes) > MAX_RUN) return 'the same byte over and over';
  if (bytes.filter((byte) => byte >= 0x20 && byte < 0x7f).length > MAX_PRINTABLE) return 'text';
  return undefined;
}

function hasPeriod(key: Buffer): boolean {
  for (let period = 1; period <= MAX_PERIOD; period += 1)
    if (key.subarray(period).equals(key.subarray(0, BYTES - period))) return true;
  return false;
}

function longestRun(bytes: readonly number[]): number {
  let longest = 0;
  let run = 0;
  bytes.forEach((byte, index) => {
    run = byte === bytes[index - 1] ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  return longest;
}
