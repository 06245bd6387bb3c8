/**
 * Who may call, as the request path reads it: from memory, as long as it is sure that nothing changed. What is revoked is refused by
 * every process as soon as it has the message; and when the message was missed, within `SURE_MS` (invariant 3).
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

/** Half of the second in which a revocation must be seen: so long after the last look at the change log, memory still counts. */
const SURE_MS = 500;
/** From then on the next look is taken beside the request, so that requests seldom wait for it. */
const LOOK_AGAIN_MS = 200;
const MAX_ENTRIES = 10_000;
/** Characters of ids and values that are remembered, of each kind. */
const MAX_LENGTH = 16_777_216;
/** Around each entry, about. */
const ENTRY_LENGTH = 200;
/** Longer than any client id of the authority's (Auth0: 32) and any address of a metadata document (120 bytes). */
const MAX_CLIENT_ID = 128;
/** As the contract has it, where one is registered. */
const MAX_ORIGIN = 255;
const MAX_AGE_MS = 60_000;
/** How often a read is made again because something changed while it was under way. */
const MAX_READS = 3;

export class Registry {
  readonly #log: ChangeLog;
  #generation = 0;
  #sureUntil = 0;
  #lookAgainAt = 0;
  #looking: Promise<void> | undefined;
  readonly #memories;
  #stop: () => void = () => undefined;

  /** @param subscriber a connection of its own: a subscribed one takes no other commands */
  static async open(redis: Redis, subscriber: Redis): Promise<Registry> {
    const registry = new Registry(redis);
    registry.#stop = await listen(subscriber, keys.registryChanged, () => registry.#lookAfterThisOne());
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

  /** The same for an id that anybody may have made up: that there is no such client is not remembered. */
  async clientNamed(clientId: string): Promise<RegisteredClient | undefined> {
    return clientId.length > MAX_CLIENT_ID ? undefined : this.#get(this.#memories.client, clientId, false);
  }

  tenant(id: string): Promise<Tenant | undefined> {
    return this.#get(this.#memories.tenant, id);
  }

  /** @param id of `decisionId` */
  decision(id: string): Promise<AppDecision | undefined> {
    return this.#get(this.#memories.decision, id);
  }

  /** @param id of `withdrawalId` */
  withdrawal(id: string): Promise<Withdrawal | undefined> {
    return this.#get(this.#memories.withdrawal, id);
  }

  /** What was changed of this user through us, lately. */
  userMark(userId: string): Promise<UserMark | undefined> {
    return this.#get(this.#memories.user, userId);
  }

  /** Whether pages of this origin belong to a tenant's single-page app. */
  async isRegisteredOrigin(origin: string): Promise<boolean> {
    return (
      origin.length <= MAX_ORIGIN && (await this.#get(this.#memories.origin, origin, false)) !== undefined
    );
  }

  /** Grows with every change; the same number means that nothing changed. undefined: that is not sure just now, ask for something. */
  generation(): number | undefined {
    return this.#isSure() ? this.#generation : undefined;
  }

  /** The same, after a look at the change log if one is due. Rejects when Redis is away. */
  async currentGeneration(): Promise<number> {
    if (!this.#isSure()) await this.#look();
    return this.#generation;
  }

  close(): void {
    this.#stop();
  }

  /** @param isProved somebody with a key of ours or the authority's has named it: that it is unknown is remembered, too */
  async #get<T extends object | string>(
    memory: Memory<T>,
    id: string,
    isProved = true,
  ): Promise<T | undefined> {
    if (!this.#isSure()) await this.#look();
    return memory.get(id, isProved);
  }

  #apply(changes: Change[] | 'all'): void {
    if (changes === 'all') Object.values(this.#memories).forEach((memory) => memory.forgetAll());
    else changes.forEach(({ kind, id }) => this.#memories[kind].forget(id));
    if (changes === 'all' || changes.length > 0) this.#generation += 1;
  }

  #look(): Promise<void> {
    const since = performance.now();
    // The next one is not before this one ends, but a message that comes meanwhile asks again.
    this.#looking ??= this.#log
      .next()
      .then((changes) => {
        this.#apply(changes);
        this.#sureUntil = since + SURE_MS;
        this.#lookAgainAt = since + LOOK_AGAIN_MS;
      })
      .finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  /** A look that is under way may have begun before the change. */
  #lookAfterThisOne(): void {
    const again = () => this.#look().catch(() => undefined);
    if (this.#looking) void this.#looking.catch(() => undefined).then(again);
    else void again();
  }

  #isSure(): boolean {
    const now = performance.now();
    if (now >= this.#sureUntil) return false;
    // A failure shows when memory is too old to be used.
    if (now >= this.#lookAgainAt && !this.#looking) this.#look().catch(() => undefined);
    return true;
  }
}

/** What was read of one kind: bounded in number and in bytes. Concurrent reads of one id share one. */
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

  get(id: string, isProved: boolean): T | undefined | Promise<T | undefined> {
    const entry = this.#known.get(id);
    if (entry) return entry.value;
    let flight = this.#underWay.get(id);
    if (!flight) {
      flight = this.#readAnew(id, isProved).finally(() => this.#underWay.delete(id));
      this.#underWay.set(id, flight);
    }
    return flight;
  }

  forget(id: string): void {
    this.#known.delete(id);
  }

  forgetAll(): void {
    this.#known.clear();
  }

  async #readAnew(id: string, isProved: boolean): Promise<T | undefined> {
    for (let reads = 1; ; reads += 1) {
      const before = this.#generation();
      const value = await this.#read(id);
      if (before === this.#generation() && (isProved || value !== undefined)) this.#known.set(id, { value });
      if (before === this.#generation() || reads === MAX_READS) return value;
    }
  }
}

function lengthOf(value: object | string | undefined): number {
  return typeof value === 'object' ? JSON.stringify(value).length : (value?.length ?? 0);
}
