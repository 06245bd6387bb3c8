/**
 * Bounds the memory that bodies take while they are read whole: request limits alone would let one caller have thousands
 * of them arrive at once, each of the longest length. One tenant has half of it at most (invariant 11).
 */
import { Problem } from '../problem.ts';

/** Of all bodies of this process. */
const MOST_BYTES = 134_217_728;
/** What request limits admit of bodies up to this length is little: they are not counted. */
export const SHORT_BYTES = 8_192;
/** Seconds. How soon other bodies are over cannot be predicted. */
const RETRY_AFTER = '1';

export class BodyRoom {
  readonly #most: number;
  #held = 0;
  /** By tenant; one without any has no entry. */
  readonly #ofTenants = new Map<string, number>();

  constructor(most = MOST_BYTES) {
    this.#most = most;
  }

  /** Bytes that are held now. */
  get held(): number {
    return this.#held;
  }

  /** @param tenantId '' when the caller has none */
  open(tenantId: string): HeldBody {
    return new HeldBody((bytes) => this.#take(tenantId, bytes));
  }

  /** @param bytes negative: they are given back. @returns why there is no room */
  #take(tenantId: string, bytes: number): Problem | undefined {
    const own = (this.#ofTenants.get(tenantId) ?? 0) + bytes;
    const isShare = own > this.#most / 2;
    if (bytes > 0 && (isShare || this.#held + bytes > this.#most)) return noRoom(isShare);
    this.#held += bytes;
    if (own > 0) this.#ofTenants.set(tenantId, own);
    else this.#ofTenants.delete(tenantId);
    return undefined;
  }
}

/** One body, which is counted as it arrives: who announces a length has not sent it. */
export class HeldBody {
  readonly #take: (bytes: number) => Problem | undefined;
  #bytes = 0;
  #isOver = false;

  constructor(take: (bytes: number) => Problem | undefined) {
    this.#take = take;
  }

  /** @param bytes of it until now. @returns Problem `overloaded`: there is no room for them */
  grow(bytes: number): Problem | undefined {
    if (this.#isOver || bytes <= SHORT_BYTES) return undefined;
    const refusal = this.#take(bytes - this.#bytes);
    if (!refusal) this.#bytes = bytes;
    return refusal;
  }

  /** Its request is over. */
  release(): void {
    if (!this.#isOver) this.#take(-this.#bytes);
    this.#isOver = true;
  }
}

const noRoom = (isShare: boolean): Problem =>
  new Problem('overloaded', {
    detail: `Too many long bodies${isShare ? ' of one tenant' : ''} are arriving at the same time.`,
    headers: { 'Retry-After': RETRY_AFTER },
  });
