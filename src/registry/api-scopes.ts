/** The scopes that this API has at the authority, as a worker has read them last. All processes share them. */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { sendAll } from '../redis/connections.ts';
import { DAY_MS } from '../redis/key-definition.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';

/** Times are ms since 1970, by Redis' clock. */
export interface ApiScopesState {
  /** undefined: not known, or the workers' client may not read them */
  scopes: ReadonlySet<string> | undefined;
  /** When the last reading began; undefined: there was none. */
  readAt: number | undefined;
  /** When somebody asked for a reading; undefined: nobody did. */
  askedAt: number | undefined;
}

/** Much longer than readings are apart (`COMPARE_SECONDS`): what nobody keeps up is forgotten. */
const KEPT_MS = 2 * DAY_MS;
/** A grant is compared with a reading no older than this; who is to be refused, with a new one. */
const RECENT_MS = 60_000;

export class ApiScopesStore {
  readonly #redis: Redis;
  readonly #audience: string;
  readonly #onGained: (scopes: readonly string[]) => Promise<void>;

  /** @param onGained called with scopes that the API has now and lacked at the last reading */
  constructor(
    redis: Redis,
    audience: string,
    onGained: (scopes: readonly string[]) => Promise<void> = () => Promise.resolve(),
  ) {
    this.#redis = redis;
    this.#audience = audience;
    this.#onGained = onGained;
  }

  async read(): Promise<ApiScopesState> {
    const stored: Partial<Record<string, string>> = await this.#redis.hgetall(keys.apiScopes);
    const { audience, scopes, read_at: readAt, asked_at: askedAt } = stored;
    const isRead = audience === this.#audience && readAt !== undefined;
    return {
      scopes: isRead ? scopesOf(scopes) : undefined,
      readAt: isRead ? Number(readAt) : undefined,
      askedAt: askedAt === undefined ? undefined : Number(askedAt),
    };
  }

  /** The last reading, unless it is too old to grant by. */
  async recent(audience: string): Promise<ApiScopesState | undefined> {
    const state = await this.read();
    const isRecent = state.readAt !== undefined && this.now() - state.readAt < RECENT_MS;
    return audience === this.#audience && isRecent ? state : undefined;
  }

  /** @param began when the reading began: one that began before the last one is dropped */
  async keep(audience: string, scopes: ReadonlySet<string> | undefined, began: number): Promise<void> {
    const before = await this.read();
    if (audience !== this.#audience || began < (before.readAt ?? 0)) return;
    // `null`: the workers' client may not read them.
    const text = JSON.stringify(scopes ? [...scopes] : null);
    await this.#write({ audience, scopes: text, read_at: began });
    const known = before.scopes;
    const gained = known ? [...(scopes ?? [])].filter((scope) => !known.has(scope)) : [];
    if (gained.length > 0) await this.#onGained(gained);
  }

  /** Asks for a reading by a worker. */
  ask(): Promise<void> {
    return this.#write({ asked_at: this.now() });
  }

  /** @returns whether this worker may read: no other one may for this time */
  async takeTurn(ms: number): Promise<boolean> {
    return (await this.#redis.set(keys.apiScopesTurn, '1', 'PX', ms, 'NX')) === 'OK';
  }

  /** After a reading that failed: no worker tries again for this time. */
  async postpone(ms: number): Promise<void> {
    await this.#redis.set(keys.apiScopesTurn, '1', 'PX', ms);
  }

  now(): number {
    return redisNow();
  }

  #write(fields: Record<string, string | number>): Promise<void> {
    return sendAll(this.#redis.multi().hset(keys.apiScopes, fields).pexpire(keys.apiScopes, KEPT_MS));
  }
}

function scopesOf(text: string | undefined): ReadonlySet<string> | undefined {
  const scopes = parseStored<string[] | null>(text);
  return scopes ? new Set(scopes) : undefined;
}
