/** What a caller keeps for us for a while: sealed (AES-256-GCM), bound to a place and to an end. */
import { isExactBase64url } from '../base64url.ts';
import { redisNow } from '../redis/clock.ts';
import type { Seal } from '../secrets/seal.ts';

/** @param place what it is and whose. @param goodMs how long it can be opened, in milliseconds */
export function sealUntil(
  seal: Seal,
  value: unknown,
  place: string,
  goodMs: number,
  now = redisNow(),
): string {
  return seal.seal([now + goodMs, value], place);
}

/** @returns as it was sealed; undefined when it was made up or changed, sealed for another place, or is past its end */
export function openUnexpired<Value>(
  seal: Seal,
  sealed: string,
  place: string,
  now = redisNow(),
): Value | undefined {
  if (!isCanonical(sealed) || !seal.knows(sealed)) return undefined;
  try {
    const [until, value] = seal.open<[until: number, value: Value]>(sealed, place);
    return until > now ? value : undefined;
  } catch {
    return undefined;
  }
}

/** As `seal` writes it: version, key id, nonce, tag, text. */
const PARTS = 5;

/** Decoding base64 passes over characters and bits that mean nothing: of several texts for the same bytes, ours is the only good one. */
function isCanonical(sealed: string): boolean {
  const [, , ...encoded] = sealed.split('.', PARTS + 1);
  return encoded.length === PARTS - 2 && encoded.every(isExactBase64url);
}
