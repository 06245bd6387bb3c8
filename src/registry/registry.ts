/**
 * Who may call, as the request path reads it: from memory, as long as it is sure that nothing changed. What is revoked is refused by
 * every process as soon as it has the message; and when the message was missed, within `SURE_MS` (invariant 3).
 */
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { keys } from '../redis/keys.ts';
import { listen } from '../redis/notifications.ts';
import { readDecision, type AppDecision } from './app-decisions.ts';
import { openChangeLog, type Change } from './changes.ts';
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

export interface Registry {
  client(clientId: string): Promise<RegisteredClient | undefined>;
  /** The same for an id that anybody may have made up: that there is no such client is not remembered. */
  clientNamed(clientId: string): Promise<RegisteredClient | undefined>;
  tenant(id: string): Promise<Tenant | undefined>;
  /** @param id of `decisionId` */
  decision(id: string): Promise<AppDecision | undefined>;
  /** @param id of `withdrawalId` */
  withdrawal(id: string): Promise<Withdrawal | undefined>;
  /** What was changed of this user through us, lately. */
  userMark(userId: string): Promise<UserMark | undefined>;
  /** Whether pages of this origin belong to a tenant's single-page app. */
  isRegisteredOrigin(origin: string): Promise<boolean>;
  /** Grows with every change; the same number means that nothing changed. undefined: that is not sure just now, ask for something. */
  generation(): number | undefined;
  /** The same, after a look at the change log if one is due. Rejects when Redis is away. */
  currentGeneration(): Promise<number>;
  close(): void;
}

/** @param subscriber a connection of its own: a subscribed one takes no other commands */
export async function createRegistry(redis: Redis, subscriber: Redis): Promise<Registry> {
  const log = openChangeLog(redis);
  let generation = 0;
  let sureUntil = 0;
  let lookAgainAt = 0;
  let looking: Promise<void> | undefined;

  const client = remember((id) => readClient(redis, id));
  const tenant = remember((id) => readTenant(redis, id));
  const origin = remember((text) => readOrigin(redis, text));
  const decision = remember((id) => readDecision(redis, id));
  const withdrawal = remember((id) => readWithdrawal(redis, id));
  const user = remember((id) => readUserMark(redis, id));
  const memories = { client, tenant, origin, decision, withdrawal, user };

  function apply(changes: Change[] | 'all'): void {
    if (changes === 'all') Object.values(memories).forEach((memory) => memory.forgetAll());
    else changes.forEach(({ kind, id }) => memories[kind].forget(id));
    if (changes === 'all' || changes.length > 0) generation += 1;
  }

  function look(): Promise<void> {
    const since = performance.now();
    // The next one is not before this one ends, but a message that comes meanwhile asks again.
    looking ??= log
      .next()
      .then((changes) => {
        apply(changes);
        sureUntil = since + SURE_MS;
        lookAgainAt = since + LOOK_AGAIN_MS;
      })
      .finally(() => (looking = undefined));
    return looking;
  }

  function isSure(): boolean {
    const now = performance.now();
    if (now >= sureUntil) return false;
    // A failure shows when memory is too old to be used.
    if (now >= lookAgainAt && !looking) look().catch(() => undefined);
    return true;
  }

  /** Bounded in number and in bytes. Concurrent reads of one id share one. */
  function remember<T extends object | string>(read: (id: string) => Promise<T | undefined>) {
    const known = new LRUCache<string, { value: T | undefined }>({
      max: MAX_ENTRIES,
      ttl: MAX_AGE_MS,
      maxSize: MAX_LENGTH,
      sizeCalculation: ({ value }, id) => ENTRY_LENGTH + id.length + lengthOf(value),
    });
    const underWay = new Map<string, Promise<T | undefined>>();
    async function readAnew(id: string, isProved: boolean): Promise<T | undefined> {
      for (let reads = 1; ; reads += 1) {
        const before = generation;
        const value = await read(id);
        if (before === generation && (isProved || value !== undefined)) known.set(id, { value });
        if (before === generation || reads === MAX_READS) return value;
      }
    }
    return {
      /** @param isProved somebody with a key of ours or the authority's has named it: that it is unknown is remembered, too */
      async get(id: string, isProved = true): Promise<T | undefined> {
        if (!isSure()) await look();
        const entry = known.get(id);
        if (entry) return entry.value;
        let flight = underWay.get(id);
        if (!flight) {
          flight = readAnew(id, isProved).finally(() => underWay.delete(id));
          underWay.set(id, flight);
        }
        return flight;
      },
      forget: (id: string) => void known.delete(id),
      forgetAll: () => known.clear(),
    };
  }

  const stop = await listen(subscriber, keys.registryChanged, () => {
    const again = () => look().catch(() => undefined);
    if (looking) void looking.catch(() => undefined).then(again);
    else void again();
  });

  return {
    client: (id) => client.get(id),
    clientNamed: async (id) => (id.length > MAX_CLIENT_ID ? undefined : client.get(id, false)),
    tenant: (id) => tenant.get(id),
    decision: (id) => decision.get(id),
    withdrawal: (id) => withdrawal.get(id),
    userMark: (id) => user.get(id),
    isRegisteredOrigin: async (text) =>
      text.length <= MAX_ORIGIN && (await origin.get(text, false)) !== undefined,
    generation: () => (isSure() ? generation : undefined),
    async currentGeneration() {
      if (!isSure()) await look();
      return generation;
    },
    close: stop,
  };
}

function lengthOf(value: object | string | undefined): number {
  return typeof value === 'object' ? JSON.stringify(value).length : (value?.length ?? 0);
}
