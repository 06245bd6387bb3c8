/** Takes uploads in: who may begin one, what a repeat with the same key is, and what becomes an import. */
import { createHash, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { acceptedText } from '../events/event.ts';
import type { PendingEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import { keys } from '../redis/keys.ts';
import { idempotentId } from '../secrets/idempotent-id.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import { chooseChannel } from './choose-channel.ts';
import type { Speeds } from './choose-channel.ts';
import type { Channel, ImportState, NewImport } from './import-state.ts';
import type { Imports } from './imports.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { TakenIn, UploadDescription } from './ingest/take-in.ts';
import { admitImport, discardUpload, takeUpload, UPLOAD_LEASE_MS } from './upload-store.ts';

export interface UploadRequest {
  owner: Pick<NewImport, 'tenantId' | 'connection' | 'by'>;
  /** So many imports of one tenant may be under way. */
  atOnce: number;
  source: AsyncIterable<Uint8Array>;
  /** @throws Problem when whoever sent it may not do so any more */
  recheck: () => Promise<void>;
  description: UploadDescription;
  channel: Channel | 'auto';
  sendsMail: boolean;
  idempotency: { caller: string; key: string } | undefined;
  event: PendingEvent;
}

export interface Uploads {
  /**
   * Returns when every row is stored.
   * @throws Problem `too_many_imports`, `idempotency_key_in_use`, `idempotency_key_reused`, and as `readUpload` does
   */
  take(request: UploadRequest): Promise<ImportState>;
  /** Looks at the rows, and stores nothing. */
  check(source: AsyncIterable<Uint8Array>, description: UploadDescription): Promise<TakenIn>;
}

interface Parts {
  redis: Redis;
  imports: Imports;
  ingest: Ingest;
  keyedHash: KeyedHash;
  /** From how many rows on import jobs are worth their while. */
  jobsFromRows: number;
  /** How quick the channels are just now. */
  speeds: () => Promise<Speeds>;
}

export function createUploads(parts: Parts): Uploads {
  const { redis, imports, ingest, keyedHash, jobsFromRows, speeds } = parts;

  /** The same upload again: it is read to its end, to see that it is the same. */
  async function repeated(id: string, request: UploadRequest, known: string): Promise<ImportState> {
    const { source, hash } = hashed(request.source);
    let total = 0;
    for await (const { byteLength } of source) {
      total += byteLength;
      if (total > request.description.limits.bytes) break;
    }
    if (fingerprintOf(request, hash()) !== known) throw new Problem('idempotency_key_reused');
    return (await imports.read(id))!;
  }

  const fingerprintOf = ({ description, channel, sendsMail }: UploadRequest, digest: string) => {
    const { format, isGzip, charset } = description;
    return keyedHash('request', JSON.stringify([digest, format, isGzip, charset, channel, sendsMail]));
  };

  async function begin(id: string, tenantId: string, atOnce: number): Promise<string> {
    const holder = await takeUpload(redis, id);
    const retry = { 'Retry-After': String(UPLOAD_LEASE_MS / 1000) };
    if (holder === undefined) throw new Problem('idempotency_key_in_use', { headers: retry });
    if (await admitImport(redis, tenantId, id, atOnce)) return holder;
    await redis.del(keys.userImportUpload(id));
    throw new Problem('too_many_imports', { headers: retry, detail: `At most ${atOnce} at once.` });
  }

  return {
    check: (source, description) => ingest.takeIn(source, description, undefined),

    async take(request) {
      const { owner, description, idempotency, sendsMail, channel } = request;
      const id = idempotency ? idempotentId(keyedHash, 'createUserImport', idempotency) : randomUUID();
      const fingerprint = () => redis.hget(keys.userImport(id), 'fingerprint');
      const known = idempotency && (await fingerprint());
      if (known) return repeated(id, request, known);
      const holder = await begin(id, owner.tenantId, request.atOnce);
      // Made in the moment between the two.
      const knownNow = idempotency && (await fingerprint());
      if (knownNow) {
        await redis.del(keys.userImportUpload(id));
        return repeated(id, request, knownNow);
      }
      const { source, hash } = idempotency ? hashed(request.source) : { source: request.source };
      const found = await ingest.takeIn(source, description, { id, tenantId: owner.tenantId, holder });
      try {
        await request.recheck();
        const made = await imports.commit(id, holder, {
          ...owner,
          sendsMail,
          channel:
            channel === 'auto' ? chooseChannel(found, { sendsMail, jobsFromRows }, await speeds()) : channel,
          total: found.total,
          failed: found.failed,
          fingerprint: hash && fingerprintOf(request, hash()),
          createdAt: new Date().toISOString(),
          event: acceptedText(request.event.draft, id),
        });
        request.event.taken();
        return made;
      } catch (error) {
        if (error instanceof Problem) await discardUpload(redis, owner.tenantId, id, holder);
        throw error;
      }
    },
  };
}

function hashed(source: AsyncIterable<Uint8Array>) {
  const hash = createHash('sha256');
  async function* read() {
    for await (const piece of source) {
      hash.update(piece);
      yield piece;
    }
  }
  return { source: read(), hash: () => hash.digest('base64url') };
}
