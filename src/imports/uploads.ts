/** Takes uploads in: who may begin one, what a repeat with the same key is, and what becomes an import. */
import { createHash, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { acceptedText, type PendingEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import { redisTimestamp } from '../redis/clock.ts';
import { harmless } from '../redis/unanswered.ts';
import { readTenant } from '../registry/tenants.ts';
import { idempotentId } from '../secrets/idempotent-id.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import { chooseChannel, type Speeds } from './choose-channel.ts';
import type { Channel, ImportState, NewImport } from './import-state.ts';
import { isImport, readFingerprint } from './import-store.ts';
import type { Imports } from './imports.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { IngestSummary, UploadDescription } from './ingest/ingest-upload.ts';
import { admit, type UploadPlaces } from './upload-places.ts';
import { discardUpload, releaseUpload, takeUpload, UPLOAD_LEASE_MS } from './upload-store.ts';

/** What is to be read. */
export interface UploadToCheck {
  owner: Pick<NewImport, 'tenantId' | 'connection' | 'by' | 'makerUser'>;
  /** So many imports and uploads of one tenant may be under way. */
  atOnce: number;
  source: AsyncIterable<Uint8Array>;
  description: UploadDescription;
  /** Aborts when the sender hangs up. */
  signal: AbortSignal;
}

export interface UploadRequest extends UploadToCheck {
  /** @throws Problem when whoever sent it may not do so any more */
  recheck: () => Promise<void>;
  channel: Channel | 'auto';
  sendsMail: boolean;
  userEvents: boolean;
  idempotency: { caller: string; key: string } | undefined;
  event: PendingEvent;
}

export interface Uploads {
  /**
   * Returns when every row is stored.
   * @throws Problem `overloaded` or `too_many_imports` before anything is read or stored, `idempotency_key_in_use`,
   * `idempotency_key_reused`, and as `Ingest` does
   */
  take(request: UploadRequest): Promise<ImportState>;
  /** Looks at the rows, and stores none. @throws Problem as `take` does */
  check(upload: UploadToCheck): Promise<IngestSummary>;
}

interface Parts {
  redis: Redis;
  imports: Imports;
  ingest: Ingest;
  places: UploadPlaces;
  keyedHash: KeyedHash;
  /** From how many rows on import jobs are worth their while. */
  jobsFromRows: number;
  /** How quick the channels are just now. */
  speeds: () => Promise<Speeds>;
}

export function createUploads(parts: Parts): Uploads {
  const { redis, imports, ingest, places, keyedHash, jobsFromRows, speeds } = parts;

  /** The same upload again: it is read to its end, to see that it is the same. */
  async function repeated(id: string, request: UploadRequest, known: string): Promise<ImportState> {
    const { owner, atOnce } = request;
    // The import that it repeats may be the tenant's last one that is allowed.
    const place = { tenantId: owner.tenantId, id: `${id}:${randomUUID()}`, atOnce, beside: id };
    return places.ofTenant(place, async () => {
      const { source, hash } = hashed(request.source);
      let total = 0;
      for await (const { byteLength } of source) {
        total += byteLength;
        if (total > request.description.limits.bytes) break;
      }
      if (!keyedHash.matches('request', sameness(request, hash()), known))
        throw new Problem('idempotency_key_reused');
      return (await imports.read(id))!;
    });
  }

  const sameness = ({ description, channel, sendsMail, userEvents }: UploadRequest, digest: string) => {
    const { format, isGzip, charset } = description;
    return JSON.stringify([digest, format, isGzip, charset, channel, sendsMail, userEvents]);
  };

  async function begin(id: string, tenantId: string, atOnce: number): Promise<string> {
    const holder = await takeUpload(redis, id);
    const retry = { 'Retry-After': String(UPLOAD_LEASE_MS / 1000) };
    if (holder === undefined) throw new Problem('idempotency_key_in_use', { headers: retry });
    try {
      await admit(redis, { tenantId, id, atOnce });
      // Its deletion looks for uploads after it was begun: either that finds this one, or this finds that.
      if ((await readTenant(redis, tenantId))?.status === 'active') return holder;
      await discardUpload(redis, tenantId, id, holder);
      throw new Problem('not_found');
    } catch (error) {
      await releaseUpload(redis, id);
      throw error;
    }
  }

  async function takeUp(request: UploadRequest): Promise<ImportState> {
    const { owner, description, idempotency, sendsMail, userEvents, channel, signal } = request;
    const { tenantId } = owner;
    const isKnown = (other: string) => isImport(redis, other);
    const id = idempotency
      ? (await idempotentId(keyedHash, 'createUserImport', idempotency, isKnown)).id
      : randomUUID();
    const known = idempotency && (await readFingerprint(redis, id));
    if (known) return repeated(id, request, known);
    const holder = await harmless(begin(id, tenantId, request.atOnce));
    // Made in the moment between the two.
    const knownNow = idempotency && (await readFingerprint(redis, id));
    if (knownNow) {
      await releaseUpload(redis, id);
      return repeated(id, request, knownNow);
    }
    const { source, hash } = idempotency ? hashed(request.source) : { source: request.source };
    let found: IngestSummary;
    try {
      found = await ingest.takeIn(source, description, { id, tenantId, holder }, signal);
    } catch (error) {
      // What cannot be discarded goes by itself.
      await discardUpload(redis, tenantId, id, holder).catch(() => undefined);
      throw error;
    }
    try {
      await request.recheck();
      const made = {
        ...owner,
        sendsMail,
        userEvents,
        channel:
          channel === 'auto' ? chooseChannel(found, { sendsMail, jobsFromRows }, await speeds()) : channel,
        total: found.total,
        failed: found.failed,
        fingerprint: hash && keyedHash('request', sameness(request, hash())),
        createdAt: redisTimestamp(),
        event: acceptedText(request.event.draft, id),
      };
      return await request.event.commit(() => imports.commit(id, holder, made));
    } catch (error) {
      if (error instanceof Problem) await discardUpload(redis, tenantId, id, holder);
      throw error;
    }
  }

  return {
    check({ owner: { tenantId }, atOnce, source, description, signal }) {
      const place = { tenantId, id: randomUUID(), atOnce };
      return places.inProcess(tenantId, () =>
        places.ofTenant(place, () => ingest.takeIn(source, description, undefined, signal)),
      );
    },
    take: (request) => places.inProcess(request.owner.tenantId, () => takeUp(request)),
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
