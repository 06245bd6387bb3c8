/** Ingests uploads: admission, retries with the same idempotency key, and creation of the import. */
import { createHash, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { acceptedText, type PendingEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import { redisTimestamp } from '../redis/clock.ts';
import { harmless, UnansweredWrite } from '../redis/unanswered.ts';
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
import { discardUpload, releaseUpload, acquireUploadLease, UPLOAD_LEASE_MS } from './upload-store.ts';

/** An upload to validate. */
export interface UploadToCheck {
  owner: Pick<NewImport, 'tenantId' | 'connection' | 'by' | 'makerUser'>;
  /** The tenant's limit of open imports and uploads. */
  atOnce: number;
  source: AsyncIterable<Uint8Array>;
  description: UploadDescription;
  /** Aborts when the sender disconnects. */
  signal: AbortSignal;
}

export interface UploadRequest extends UploadToCheck {
  /** @throws Problem when the caller is no longer allowed to do this */
  recheck: () => Promise<void>;
  channel: Channel | 'auto';
  sendsMail: boolean;
  userEvents: boolean;
  idempotency: { caller: string; key: string } | undefined;
  event: PendingEvent;
}

interface Parts {
  redis: Redis;
  imports: Imports;
  ingest: Ingest;
  places: UploadPlaces;
  keyedHash: KeyedHash;
  /** Smallest number of rows for which import jobs are used. */
  jobsFromRows: number;
  /** Current speed of the channels. */
  speeds: () => Promise<Speeds>;
}

export class Uploads {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Resolves when every row is stored.
   * @throws Problem `overloaded` or `too_many_imports` before anything is read or stored, `idempotency_key_in_use`,
   * `idempotency_key_reused`, and as `Ingest` does
   */
  take(request: UploadRequest): Promise<ImportState> {
    return this.#parts.places.inProcess(request.owner.tenantId, () => this.#takeInProcess(request));
  }

  /** Validates the rows without storing any. @throws Problem as `take` does */
  check(upload: UploadToCheck): Promise<IngestSummary> {
    const { owner, atOnce, source, description, signal } = upload;
    const { places, ingest } = this.#parts;
    const place = { tenantId: owner.tenantId, id: randomUUID(), atOnce };
    return places.inProcess(owner.tenantId, () =>
      places.ofTenant(place, () => ingest.ingest(source, description, undefined, signal)),
    );
  }

  async #takeInProcess(request: UploadRequest): Promise<ImportState> {
    const { redis, keyedHash } = this.#parts;
    const { idempotency, owner, atOnce } = request;
    if (!idempotency) {
      const id = randomUUID();
      return this.#takeNew({ id, holder: await harmless(this.#begin(id, owner.tenantId, atOnce)) }, request);
    }
    const isKnown = (other: string) => isImport(redis, other);
    const { id } = await idempotentId(keyedHash, 'createUserImport', idempotency, isKnown);
    const known = await readFingerprint(redis, id);
    if (known) return this.#takeAgain(id, request, known);
    const holder = await harmless(this.#begin(id, owner.tenantId, atOnce));
    // Created between the two reads.
    const knownNow = await readFingerprint(redis, id);
    if (!knownNow) return this.#takeNew({ id, holder }, request);
    await releaseUpload(redis, id);
    return this.#takeAgain(id, request, knownNow);
  }

  /** @returns the holder of its lease */
  async #begin(id: string, tenantId: string, atOnce: number): Promise<string> {
    const { redis } = this.#parts;
    const holder = await acquireUploadLease(redis, id);
    const retry = { 'Retry-After': String(UPLOAD_LEASE_MS / 1000) };
    if (holder === undefined) throw new Problem('idempotency_key_in_use', { headers: retry });
    try {
      await admit(redis, { tenantId, id, atOnce });
      // A deletion looks for uploads after it has begun: either it finds this one, or this finds the deletion.
      if ((await readTenant(redis, tenantId))?.status === 'active') return holder;
      await discardUpload(redis, tenantId, id, holder);
      throw new Problem('not_found');
    } catch (error) {
      await releaseUpload(redis, id);
      throw error;
    }
  }

  async #takeNew(
    { id, holder }: { id: string; holder: string },
    request: UploadRequest,
  ): Promise<ImportState> {
    const { redis, imports, ingest, keyedHash } = this.#parts;
    const { owner, description, idempotency, signal } = request;
    const { tenantId } = owner;
    const { source, hash } = idempotency ? hashed(request.source) : { source: request.source };
    let found: IngestSummary;
    try {
      found = await ingest.ingest(source, description, { id, tenantId, holder }, signal);
    } catch (error) {
      // What cannot be discarded expires.
      await discardUpload(redis, tenantId, id, holder).catch(() => undefined);
      throw error;
    }
    try {
      await request.recheck();
      const made = {
        ...owner,
        sendsMail: request.sendsMail,
        userEvents: request.userEvents,
        channel: await this.#channelFor(found, request),
        total: found.total,
        failed: found.failed,
        fingerprint: hash && keyedHash('request', sameness(request, hash())),
        createdAt: redisTimestamp(),
        event: acceptedText(request.event.draft, id),
      };
      return await request.event.commit(() => imports.commit(id, holder, made));
    } catch (error) {
      // Of commit and discard, the one that Redis executes first prevents the other.
      const isDiscarded = await discardUpload(redis, tenantId, id, holder).catch(() => false);
      throw isDiscarded && error instanceof UnansweredWrite ? error.cause : error;
    }
  }

  async #channelFor(found: IngestSummary, { channel, sendsMail }: UploadRequest): Promise<Channel> {
    if (channel !== 'auto') return channel;
    const { jobsFromRows, speeds } = this.#parts;
    return chooseChannel(found, { sendsMail, jobsFromRows }, await speeds());
  }

  /** A retry: read to its end, to verify that the content is the same. */
  async #takeAgain(id: string, request: UploadRequest, known: string): Promise<ImportState> {
    const { places, imports, keyedHash } = this.#parts;
    const { owner, atOnce } = request;
    // The import that it repeats may use the tenant's last slot.
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
      const state = await imports.read(id);
      if (!state) throw new Problem('outcome_unknown', { internal: `import ${id} is gone` });
      return state;
    });
  }
}

/** Fingerprint of what must be equal for two requests with one key to be the same. */
function sameness({ description, channel, sendsMail, userEvents }: UploadRequest, digest: string): string {
  const { format, isGzip, charset } = description;
  return JSON.stringify([digest, format, isGzip, charset, channel, sendsMail, userEvents]);
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
