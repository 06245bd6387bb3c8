/** State of metadata documents that processes share: cached documents, locks on their registration, counts of fetches by address range. */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Problem } from '../../problem.ts';
import { keys } from '../../redis/keys.ts';
import { isFirstUse } from '../../redis/leases.ts';
import type { KeyedHash } from '../../secrets/keyed-hash.ts';
import type { Seal } from '../../secrets/seal.ts';
import type { DocumentMetadata } from './document-metadata.ts';

/** Lock lifetime: longer than the timeout of a registration. */
const TURN_MS = 60_000;
const WINDOW_MS = 60_000;

/** @param fetchesPerMinute limit per address range: each fetch is a request to a host that the caller chose */
export function createDocumentStore(
  redis: Redis,
  seal: Seal,
  keyedHash: KeyedHash,
  fetchesPerMinute: number,
) {
  const named = (address: string) => createHash('sha256').update(address).digest('base64url');
  /** A document that cannot be opened (from before they were sealed) is fetched again. */
  function open(sealed: string, address: string): DocumentMetadata | undefined {
    try {
      return seal.open<DocumentMetadata>(sealed, placeOf(address));
    } catch {
      return undefined;
    }
  }
  return {
    async fresh(address: string): Promise<DocumentMetadata | undefined> {
      const sealed = await redis.get(keys.metadataDocument(named(address)));
      return sealed === null ? undefined : open(sealed, address);
    },
    /** Invalid documents are not cached. Documents may name people (`contacts`), so they are sealed. */
    async keep(address: string, metadata: DocumentMetadata, freshMs: number): Promise<void> {
      if (freshMs < 1) return;
      const sealed = seal.seal(metadata, placeOf(address));
      await redis.set(keys.metadataDocument(named(address)), sealed, 'PX', freshMs);
    },
    /** Takes the lock. @returns its release; undefined when another request holds it */
    async takeTurn(address: string): Promise<(() => Promise<void>) | undefined> {
      const key = keys.metadataDocumentTurn(named(address));
      if (!(await isFirstUse(redis, key, TURN_MS))) return undefined;
      return async () => void (await redis.del(key));
    },
    /** @throws Problem `too_many_metadata_documents` */
    async countFetch(callerRange: string): Promise<void> {
      const key = keys.metadataDocumentFetches(keyedHash('address', callerRange));
      const [, [, count] = []] =
        (await redis.multi().set(key, 0, 'PX', WINDOW_MS, 'NX').incr(key).exec()) ?? [];
      if (Number(count) > fetchesPerMinute)
        throw new Problem('too_many_metadata_documents', {
          headers: { 'Retry-After': String(WINDOW_MS / 1000) },
        });
    },
  };
}

const placeOf = (address: string): string => `document:${address}`;

export type DocumentStore = ReturnType<typeof createDocumentStore>;
