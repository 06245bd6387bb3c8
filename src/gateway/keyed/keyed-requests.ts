/**
 * Requests to services with an idempotency key: each is sent once, and its repetitions get the answer of the first. The
 * rules are those of our own operations: whose a key is (`idempotencyOf`), how its id is derived (`idempotentId`), and
 * how long it is kept.
 */
import { randomUUID } from 'node:crypto';
import type { Log } from '../../log.ts';
import { Problem } from '../../problem.ts';
import { isRedisAway } from '../../redis/connections.ts';
import { takenBack, UnansweredWrite } from '../../redis/unanswered.ts';
import { idempotentId, type IdempotencyKey } from '../../secrets/idempotent-id.ts';
import type { KeyedHash } from '../../secrets/keyed-hash.ts';
import type { Seal } from '../../secrets/seal.ts';
import { Attempt } from './attempt.ts';
import { decodeAnswer, encodeAnswer, type KeptAnswer } from './kept-answer.ts';
import { LEASE_MS, type Begun, type KeyedId, type KeyedRequestStore } from './keyed-request-store.ts';

interface Parts {
  store: KeyedRequestStore;
  keyedHash: KeyedHash;
  seal: Pick<Seal, 'sealBytes' | 'openBytes'>;
  log: Pick<Log, 'warn'>;
}

export interface KeyedRequest {
  tenantId: string;
  /** In the merged contract. */
  operationId: string;
  idempotency: IdempotencyKey;
  /** Everything that identifies the request, as text. */
  content: string;
}

/** A renewal or two may fail. */
const RENEWAL_MS = LEASE_MS / 4;

export class KeyedRequests {
  readonly #parts: Parts;
  /** Those that run in this process. */
  readonly #running = new Set<Begun>();
  #timer: NodeJS.Timeout | undefined;
  #idle: (() => void) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * @returns the attempt to send now, or the answer of the first request with this key
   * @throws Problem `idempotency_key_reused`, `idempotency_key_in_use`, `answer_not_kept`, `outcome_unknown`,
   * `too_many_idempotency_keys`
   */
  async begin({ tenantId, operationId, idempotency, content }: KeyedRequest): Promise<Attempt | KeptAnswer> {
    const { store, keyedHash } = this.#parts;
    const isKnown = (id: string) => store.isKnown({ tenantId, id });
    const { id, fingerprint } = await idempotentId(keyedHash, operationId, idempotency, isKnown);
    const begun = { tenantId, id, attempt: randomUUID() };
    const [state, status] = await this.#begin(begun, fingerprint(content));
    if (state === 'begun') return this.#attempt(begun);
    if (state === 'kept') return this.#read(begun);
    if (state === 'running')
      throw new Problem('idempotency_key_in_use', { headers: { 'Retry-After': String(LEASE_MS / 1000) } });
    if (state === 'other') throw new Problem('idempotency_key_reused');
    if (state === 'unkept') throw notKept(status);
    if (state === 'full')
      throw new Problem('too_many_idempotency_keys', { headers: { 'Retry-After': RETRY_AFTER_FULL } });
    throw new Problem('outcome_unknown', {
      detail:
        'The request with this key was sent to the service, and its answer was lost. It is not sent again.',
    });
  }

  /** Resolves when those that run have ended. */
  async close(): Promise<void> {
    if (this.#running.size > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
  }

  #begin(begun: Begun, fingerprint: string) {
    const { store } = this.#parts;
    const free = () => store.end(begun, true);
    return takenBack(store.begin(begun, fingerprint), free).catch((cause: unknown): never => {
      // Nothing is sent; but the key may count as used, and 503 would say that it does not.
      throw cause instanceof UnansweredWrite ? new Problem('outcome_unknown', { cause }) : cause;
    });
  }

  #attempt(begun: Begun): Attempt {
    const { store, seal } = this.#parts;
    this.#running.add(begun);
    this.#timer ??= setInterval(() => this.#renew(), RENEWAL_MS).unref();
    const stored = (work: Promise<void>) =>
      work.catch((err: unknown) => this.#lost(err)).finally(() => this.#left(begun));
    return new Attempt({
      keep: (status, answer) =>
        stored(store.keep(begun, status, answer && seal.sealBytes(encodeAnswer(answer), placeOf(begun)))),
      end: (isFree) => stored(store.end(begun, isFree)),
    });
  }

  async #read(of: KeyedId): Promise<KeptAnswer> {
    const sealed = await this.#parts.store.readAnswer(of);
    // It made room a moment ago.
    if (!sealed) throw notKept();
    return decodeAnswer(this.#parts.seal.openBytes(sealed, placeOf(of)));
  }

  #renew(): void {
    for (const begun of this.#running)
      this.#parts.store.renew(begun).catch((err: unknown) => this.#lost(err));
  }

  #left(begun: Begun): void {
    this.#running.delete(begun);
    if (this.#running.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#idle?.();
  }

  /** The caller gets the answer all the same; a repetition gets `outcome_unknown`. */
  #lost(err: unknown): void {
    if (!isRedisAway(err))
      this.#parts.log.warn({ err }, 'end of a request with an idempotency key was not stored');
  }
}

/** Seconds: keys expire one by one. */
const RETRY_AFTER_FULL = '60';

const placeOf = ({ tenantId, id }: KeyedId): string => `keyed:${tenantId}:${id}`;

const notKept = (status?: string): Problem =>
  new Problem('answer_not_kept', {
    detail: `The request with this key was carried out${status ? `, and answered with ${status}` : ''}. It is not sent again.`,
  });
