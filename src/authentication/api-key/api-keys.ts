/**
 * API keys: client id and secret of a tenant's own client at the authority, verified by a client-credentials exchange.
 * The authority rate-limits those exchanges and may be unavailable, so the result of one is cached for all requests of
 * all processes, refreshed before it expires, and used for a grace period when it cannot be refreshed. Here is the cache
 * of one process.
 */
import { LRUCache } from 'lru-cache';
import { Problem } from '../../problem.ts';
import { redisNow } from '../../redis/clock.ts';
import type { RegisteredClient } from '../../registry/clients.ts';
import type { Registry } from '../../registry/registry.ts';
import { apiKeyHash, isApiKeyHash, type KeyedHash } from '../../secrets/keyed-hash.ts';
import { processHash } from '../../secrets/process-hash.ts';
import { readApiKey } from '../credential.ts';
import {
  KeyVerification,
  REFUSED_MS,
  type CheckedKey,
  type PresentedKey,
  type RememberedKey,
  type VerificationParts,
} from './key-verification.ts';

interface Parts extends VerificationParts {
  registry: Registry;
  keyedHash: KeyedHash;
}

const MAX_CACHED = 32_768;
const MAX_REFUSED = 10_000;
/** Format of client ids in the contract; anything else cannot be a key and is not looked up. */
const CLIENT_ID = /^[A-Za-z0-9_-]{1,128}$/;

export class ApiKeys {
  readonly #parts: Parts;
  readonly #verified = new LRUCache<string, RememberedKey>({ max: MAX_CACHED });
  readonly #refused = new LRUCache<string, true>({ max: MAX_REFUSED, ttl: REFUSED_MS });
  readonly #underWay = new Map<string, Promise<CheckedKey>>();
  readonly #verification: KeyVerification;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#verification = new KeyVerification(parts);
  }

  /**
   * @param encoded id and secret, in base64 (RFC 7617)
   * @param address of the caller
   * @throws Problem `invalid_authorization_header`; `invalid_api_key` when the authority rejected it;
   * `too_many_failed_attempts`; `authority_unavailable` when the authority could not be asked
   */
  verify(encoded: string, address: () => string): CheckedKey | Promise<CheckedKey> {
    const id = processHash(encoded);
    const known = this.#verified.get(id);
    if (known) {
      const now = redisNow();
      if (now < known.until) {
        const generation = this.#parts.registry.generation();
        if (generation === undefined || generation !== known.generation)
          return this.#confirm(id, known, encoded, address);
        if (now >= known.refreshAt) this.#refreshBeside(id, known, encoded, address);
        return known;
      }
    }
    if (this.#refused.has(id))
      throw new Problem('invalid_api_key', { internal: 'it was refused a moment ago' });
    return this.#once(id, () => this.#check(id, encoded, address()));
  }

  /** Whether the client is unchanged since the authority accepted it; otherwise the key is verified again. */
  async #confirm(
    id: string,
    known: RememberedKey,
    encoded: string,
    address: () => string,
  ): Promise<CheckedKey> {
    const generation = this.#parts.registry.generation();
    if (recheckOf(await this.#parts.registry.client(known.claims.clientId)) !== known.recheck)
      return this.#once(id, () => this.#check(id, encoded, address()));
    known.generation = generation;
    return known;
  }

  #once(id: string, work: () => Promise<CheckedKey>): Promise<CheckedKey> {
    let flight = this.#underWay.get(id);
    if (!flight) {
      flight = work().finally(() => this.#underWay.delete(id));
      this.#underWay.set(id, flight);
    }
    return flight;
  }

  async #check(id: string, encoded: string, address: string, laterThan = 0): Promise<CheckedKey> {
    try {
      const key = await this.#present(encoded, address);
      const found = await this.#verification.verify(key, laterThan);
      const known = this.#verified.get(id);
      // A failed background refresh does not invalidate an entry that has not expired.
      if (found.inGrace && known && !known.inGrace && redisNow() < known.until) {
        known.refreshAt = found.until;
        return known;
      }
      this.#verified.set(id, found);
      return found;
    } catch (error) {
      if (error instanceof Problem && error.code === 'invalid_api_key') {
        this.#verified.delete(id);
        this.#refused.set(id, true);
      }
      throw error;
    }
  }

  async #present(encoded: string, address: string): Promise<PresentedKey> {
    const { guesses, keyedHash, registry } = this.#parts;
    const { clientId, clientSecret } = readApiKey(encoded);
    if (!CLIENT_ID.test(clientId)) {
      await guesses.admit(undefined, address);
      throw new Problem('invalid_api_key', { internal: 'it is not a valid client id' });
    }
    const generation = registry.generation();
    const client = await registry.clientNamed(clientId);
    const key = client?.kind === 'tenant' ? client : undefined;
    const hash = apiKeyHash(keyedHash, clientId, clientSecret);
    const isAsMade = isApiKeyHash(keyedHash, [clientId, clientSecret], key?.secret_hash);
    const recheck = recheckOf(key);
    return {
      hash,
      clientId,
      clientSecret,
      isAsMade,
      address,
      recheck,
      generation,
      isKey: key !== undefined,
    };
  }

  #refreshBeside(id: string, known: RememberedKey, encoded: string, address: () => string): void {
    if (this.#underWay.has(id)) return;
    const laterThan = known.checkedAt;
    // An error here surfaces at the key's next lookup; until then the cached result stands.
    this.#once(id, () => this.#check(id, encoded, address(), laterThan)).catch(() => {
      if (this.#verified.get(id) === known) known.refreshAt = redisNow() + 1_000;
    });
  }
}

const recheckOf = (client: RegisteredClient | undefined): string =>
  (client?.kind === 'tenant' ? client.recheck : undefined) ?? '';
