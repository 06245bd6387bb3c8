/**
 * Cached reads of the registry while handling a request. The cache is used only while it is fresh: a revocation takes effect at every
 * process with the pub/sub notification, or within `FRESH_MS` if that was lost (invariant 3).
 */
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { keys } from '../redis/keys.ts';
import { listen } from '../redis/notifications.ts';
import { readDecision, type AppDecision } from './app-decisions.ts';
import { openChangeLog, type Change, type ChangeLog } from './changes.ts';
import { readClient, readOrigin } from './client-store.ts';
import type { RegisteredClient } from './clients.ts';
import { readTenant, type Tenant } from './tenants.ts';
import { readUserMark, readWithdrawal, type UserMark, type Withdrawal } from './user-marks.ts';

/** How long the cache is fresh after a read of the change log: half of the second in which a revocation must take effect. */
const FRESH_MS = 500;
/** Age at which the change log is read again in the background, so that requests seldom wait for it. */
const REFRESH_MS = 200;
const MAX_ENTRIES = 32_768;
/** Bound of the cached ids and values of each kind, characters. */
const MAX_LENGTH = 33_554_432;
/** Approximate overhead of an entry, characters. */
const ENTRY_LENGTH = 200;
/** Longer than any client id at the authority (Auth0: 32) and any URL of a metadata document (120 bytes). */
const MAX_CLIENT_ID = 128;
/** The contract's maximum length of a registered origin. */
const MAX_ORIGIN = 255;
const MAX_AGE_MS = 60_000;
/** Maximum number of reads of a value when changes arrive during the read. */
const MAX_READS = 3;

export class Registry {
  readonly #log: ChangeLog;
  #generation = 0;
  #freshUntil = 0;
  #refreshAt = 0;
  #refreshing: Promise<void> | undefined;
  readonly #memories;
  #stop: () => void = () => undefined;

  /** @param subscriber a separate connection: a subscribed one accepts no other commands */
  static async open(redis: Redis, subscriber: Redis): Promise<Registry> {
    const registry = new Registry(redis);
    registry.#stop = await listen(subscriber, keys.registryChanged, () =>
      registry.#refreshAfterNotification(),
    );
    return registry;
  }

  private constructor(redis: Redis) {
    this.#log = openChangeLog(redis);
    const generation = () => this.#generation;
    this.#memories = {
      client: new Memory((id) => readClient(redis, id), generation),
      tenant: new Memory((id) => readTenant(redis, id), generation),
      origin: new Memory((text) => readOrigin(redis, text), generation),
      decision: new Memory((id) => readDecision(redis, id), generation),
      withdrawal: new Memory((id) => readWithdrawal(redis, id), generation),
      user: new Memory((id) => readUserMark(redis, id), generation),
    };
  }

  client(clientId: string): Promise<RegisteredClient | undefined> {
    return this.#get(this.#memories.client, clientId);
  }

  /** The same for an unverified id: the absence of such a client is not cached. */
  async clientNamed(clientId: string): Promise<RegisteredClient | undefined> {
    return clientId.length > MAX_CLIENT_ID ? undefined : this.#get(this.#memories.client, clientId, false);
  }

  tenant(id: string): Promise<Tenant | undefined> {
    return this.#get(this.#memories.tenant, id);
  }

  /** @param id from `decisionId` */
  decision(id: string): Promise<AppDecision | undefined> {
    return this.#get(this.#memories.decision, id);
  }

  /** @param id from `withdrawalId` */
  withdrawal(id: string): Promise<Withdrawal | undefined> {
    return this.#get(this.#memories.withdrawal, id);
  }

  /** Recent changes to this user through this API. @param id from `userMarkId` */
  userMark(id: string): Promise<UserMark | undefined> {
    return this.#get(this.#memories.user, id);
  }

  /** Whether pages of this origin belong to a tenant's single-page app. */
  async isRegisteredOrigin(origin: string): Promise<boolean> {
    return (
      origin.length <= MAX_ORIGIN && (await this.#get(this.#memories.origin, origin, false)) !== undefined
    );
  }

  /** Increases with every change; an equal number means no change. undefined: the cache is stale until the next read. */
  generation(): number | undefined {
    return this.#isFresh() ? this.#generation : undefined;
  }

  /** The same, after reading the change log if the cache is stale. Rejects while Redis is unreachable. */
  async currentGeneration(): Promise<number> {
    if (!this.#isFresh()) await this.#refresh();
    return this.#generation;
  }

  close(): void {
    this.#stop();
  }

  /** @param isVerified the id comes from a verified credential: its absence is cached, too */
  async #get<T extends object | string>(
    memory: Memory<T>,
    id: string,
    isVerified = true,
  ): Promise<T | undefined> {
    if (!this.#isFresh()) await this.#refresh();
    return memory.get(id, isVerified);
  }

  #apply(changes: Change[] | 'all'): void {
    if (changes === 'all') Object.values(this.#memories).forEach((memory) => memory.clear());
    else changes.forEach(({ kind, id }) => this.#memories[kind].delete(id));
    if (changes === 'all' || changes.length > 0) this.#generation += 1;
  }

  #refresh(): Promise<void> {
    const since = performance.now();
    // One at a time; a notification during a read causes another read.
    this.#refreshing ??= this.#log
      .next()
      .then((changes) => {
        this.#apply(changes);
        this.#freshUntil = since + FRESH_MS;
        this.#refreshAt = since + REFRESH_MS;
      })
      .finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  /** Waits for a read under way, because it may have begun before the change. */
  #refreshAfterNotification(): void {
    const again = () => this.#refresh().catch(() => undefined);
    if (this.#refreshing) void this.#refreshing.catch(() => undefined).then(again);
    else void again();
  }

  #isFresh(): boolean {
    const now = performance.now();
    if (now >= this.#freshUntil) return false;
    // A failure is reported once the cache is stale.
    if (now >= this.#refreshAt && !this.#refreshing) this.#refresh().catch(() => undefined);
    return true;
  }
}

/** Cache of one kind of values, bounded in number and in length. Concurrent reads of an id share one read. */
class Memory<T extends object | string> {
  readonly #read: (id: string) => Promise<T | undefined>;
  readonly #generation: () => number;
  readonly #known = new LRUCache<string, { value: T | undefined }>({
    max: MAX_ENTRIES,
    ttl: MAX_AGE_MS,
    maxSize: MAX_LENGTH,
    sizeCalculation: ({ value }, id) => ENTRY_LENGTH + id.length + lengthOf(value),
  });
  readonly #underWay = new Map<string, Promise<T | undefined>>();

  constructor(read: (id: string) => Promise<T | undefined>, generation: () => number) {
    this.#read = read;
    this.#generation = generation;
  }

  get(id: string, isVerified: boolean): T | undefined | Promise<T | undefined> {
    const entry = this.#known.get(id);
    if (entry) return entry.value;
    let flight = this.#underWay.get(id);
    if (!flight) {
      flight = this.#load(id, isVerified).finally(() => this.#underWay.delete(id));
      this.#underWay.set(id, flight);
    }
    return flight;
  }

  delete(id: string): void {
    this.#known.delete(id);
  }

  clear(): void {
    this.#known.clear();
  }

  async #load(id: string, isVerified: boolean): Promise<T | undefined> {
    for (let reads = 1; ; reads += 1) {
      const before = this.#generation();
      const value = await this.#read(id);
      if (before === this.#generation() && (isVerified || value !== undefined))
        this.#known.set(id, { value });
      if (before === this.#generation() || reads === MAX_READS) return value;
    }
  }
}

function lengthOf(value: object | string | undefined): number {
  return typeof value === 'object' ? JSON.stringify(value).length : (value?.length ?? 0);
}
