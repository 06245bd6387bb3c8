/** Adoptions of users in Redis: state, the outcome of each user, and claims, by which no user is adopted twice at a time. */
import type { Redis } from 'ioredis';
import { redisTimestamp } from '../redis/clock.ts';
import { sendAll } from '../redis/connections.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import { eventField, toAdoption, type Adoption, type AdoptionFields } from './adoption-state.ts';
import type { Adopted } from './refusals.ts';

export interface UserOutcome {
  userId: string;
  outcome: Adopted;
}

/** From its last change on. */
const KEEP_MS = 7 * 86_400_000;
/** Longer than an attempt works on what it has claimed. */
const CLAIM_MS = 3_600_000;

const recordAdoptions = defineScript({
  file: new URL('./record-adoptions.lua', import.meta.url),
  keys: ['state', 'users', 'outcomes', '...claims'],
  args: ['id', 'keepMs', '...recorded'],
});

export class AdoptionStore {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  async read(id: string): Promise<Adoption | undefined> {
    return toAdoption(id, await this.#redis.hgetall(keys.adoption(id)));
  }

  /** Begins it, or continues one that an earlier attempt began. */
  async open(id: string, { tenantId, dryRun }: { tenantId: string; dryRun: boolean }): Promise<Adoption> {
    const begun = { tenant: tenantId, dry_run: dryRun ? '1' : '0', created_at: redisTimestamp() };
    const key = keys.adoption(id);
    const writes = this.#redis.multi();
    for (const [name, value] of Object.entries(begun)) writes.hsetnx(key, name, value);
    await sendAll(writes.pexpire(key, KEEP_MS));
    const opened = await this.read(id);
    if (!opened) throw new Error('an adoption is not there right after it was stored');
    return opened;
  }

  async note(id: string, fields: Partial<AdoptionFields>): Promise<void> {
    const key = keys.adoption(id);
    await sendAll(this.#redis.multi().hset(key, fields).pexpire(key, KEEP_MS));
  }

  /** Of each user, in this order. */
  async outcomesOf(id: string, userIds: readonly string[]): Promise<(string | null)[]> {
    return userIds.length === 0 ? [] : this.#redis.hmget(keys.adoptionOutcomes(id), ...userIds);
  }

  /**
   * Whoever holds a claim is the only one to decide on that user or client.
   * @param holder relay job that claims
   * @returns those that it holds now
   */
  async claim(holder: string, what: readonly string[]): Promise<Set<string>> {
    const claims = this.#redis.multi();
    for (const one of what) claims.set(keys.adoptionClaim(one), holder, 'PX', CLAIM_MS, 'NX');
    await sendAll(claims);
    const holders = await this.#redis.mget(...what.map((one) => keys.adoptionClaim(one)));
    return new Set(what.filter((_, index) => holders[index] === holder));
  }

  async release(holder: string, what: string): Promise<void> {
    const key = keys.adoptionClaim(what);
    if ((await this.#redis.get(key)) === holder) await this.#redis.del(key);
  }

  /** Each user once; releases claims. @param eventOf event of a user, as JSON text; '': none */
  async record(
    id: string,
    outcomes: readonly UserOutcome[],
    eventOf: (one: UserOutcome) => string,
  ): Promise<void> {
    await recordAdoptions(this.#redis, {
      state: keys.adoption(id),
      users: keys.adoptionUsers(id),
      outcomes: keys.adoptionOutcomes(id),
      claims: outcomes.map(({ userId }) => keys.adoptionClaim(userId)),
      id,
      keepMs: KEEP_MS,
      recorded: outcomes.flatMap((one) => [one.userId, one.outcome, eventOf(one)]),
    });
  }

  async removeEvent(id: string, eventId: string): Promise<void> {
    await this.#redis.hdel(keys.adoption(id), eventField(eventId));
  }

  /** @param after number of users to skip */
  async listUsers(id: string, after: number, count: number): Promise<UserOutcome[]> {
    const userIds = await this.#redis.lrange(keys.adoptionUsers(id), after, after + count - 1);
    const outcomes = await this.outcomesOf(id, userIds);
    return userIds.map((userId, index) => ({ userId, outcome: outcomes[index] as Adopted }));
  }
}
