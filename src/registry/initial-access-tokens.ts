/** Initial access tokens (RFC 7591 section 3), with a limit of uses and an expiry. Stored as keyed hashes. */
import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { redisNow, redisTimestamp } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import type { StoredApiKey } from './api-keys.ts';

/** Who issued a token, and thereby vouches for apps registered with it. */
export type TokenIssuer = { kind: 'operator' } | { kind: 'tenant'; tenantId: string };

export interface InitialAccessToken {
  id: string;
  issuer: TokenIssuer;
  name: string;
  maxUses: number;
  uses: number;
  /** ISO 8601. */
  createdAt: string;
  expiresAt: string;
}

export interface WantedToken {
  name: string;
  maxUses: number;
  /** ms since 1970. */
  expiresAt: number;
  /** Maximum number of unexpired tokens of its issuer. */
  limit: number;
  /** The requesting API key as it was read; undefined: another kind of caller. */
  by: StoredApiKey | undefined;
}

const file = (name: string) => new URL(`./${name}.lua`, import.meta.url);
const createToken = defineScript({
  file: file('create-initial-access-token'),
  keys: ['tokens', 'token', 'outbox', 'clients', 'deadlines'],
  args: ['id', 'expires', 'limit', 'event', 'by', 'byWas', '...fields'],
});
const removeToken = defineScript({
  file: file('remove-initial-access-token'),
  keys: ['tokens', 'token', 'outbox'],
  args: ['id', 'event'],
});
/** The prefix makes a leaked token recognizable. */
const FORM = /^tvi_([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{43})$/;

export class InitialAccessTokens {
  readonly #redis: Redis;
  readonly #keyedHash: KeyedHash;

  constructor(redis: Redis, keyedHash: KeyedHash) {
    this.#redis = redis;
    this.#keyedHash = keyedHash;
  }

  /**
   * @param eventOf returns the event (JSON text) for the token's id
   * @returns its record, and the token itself, which is not stored; undefined when the requesting key has changed since it was read
   * @throws Problem `initial_access_token_limit_reached`; `beyond_own_bounds`: the requesting key was deleted or has expired
   */
  async create(
    issuer: TokenIssuer,
    { name, maxUses, expiresAt, limit, by }: WantedToken,
    eventOf: (id: string) => string,
  ): Promise<{ made: InitialAccessToken; token: string } | undefined> {
    const id = randomBytes(12).toString('base64url');
    const token = `tvi_${id}.${randomBytes(32).toString('base64url')}`;
    const createdAt = redisTimestamp();
    const fields = {
      hash: this.#keyedHash('initial-access-token', token),
      tenant: issuer.kind === 'tenant' ? issuer.tenantId : '',
      name,
      max_uses: maxUses,
      uses: 0,
      created: createdAt,
      expires: expiresAt,
    };
    const done = await createToken(this.#redis, {
      tokens: listOf(issuer),
      token: keys.initialAccessToken(id),
      outbox: keys.registryOutbox,
      clients: keys.clients,
      deadlines: keys.apiKeyDeadlines,
      id,
      expires: expiresAt,
      limit,
      event: eventOf(id),
      by: by?.key.client_id ?? '',
      byWas: by?.text ?? '',
      fields: Object.entries(fields).flat(),
    });
    if (done === 0) return undefined;
    if (done === 2) throw new Problem('initial_access_token_limit_reached', { detail: `At most ${limit}.` });
    if (done === 4)
      throw new Problem('beyond_own_bounds', {
        internal: 'the requesting API key was deleted or has expired',
      });
    // Not read back, because a failed read would hide that it was created.
    const made = { id, issuer, name, maxUses, uses: 0, createdAt, expiresAt: inText(expiresAt) };
    return { made, token };
  }

  /** Unexpired tokens, next to expire first. */
  async list(issuer: TokenIssuer): Promise<InitialAccessToken[]> {
    await this.#redis.zremrangebyscore(listOf(issuer), '-inf', String(redisNow()));
    const ids = await this.#redis.zrangebyscore(listOf(issuer), '-inf', '+inf');
    const found = await Promise.all(ids.map((id) => this.#read(id)));
    return found.flatMap((token) => (token ? [token] : []));
  }

  /** @param event omitted: it is removed with its issuer. @returns false when this issuer has no such token */
  async remove(issuer: TokenIssuer, id: string, event = ''): Promise<boolean> {
    const places = {
      tokens: listOf(issuer),
      token: keys.initialAccessToken(id),
      outbox: keys.registryOutbox,
    };
    return (await removeToken(this.#redis, { ...places, id, event })) === 1;
  }

  /** @returns undefined when it is unknown, used up or expired */
  async find(token: string): Promise<InitialAccessToken | undefined> {
    const [, id] = FORM.exec(token) ?? [];
    const found = id === undefined ? undefined : await this.#read(id);
    if (!found || found.uses >= found.maxUses || Date.parse(found.expiresAt) <= redisNow()) return undefined;
    const { hash, ...rest } = found;
    return this.#keyedHash.matches('initial-access-token', token, hash) ? rest : undefined;
  }

  async #read(id: string): Promise<(InitialAccessToken & { hash: string }) | undefined> {
    const fields = await this.#redis.hgetall(keys.initialAccessToken(id));
    const { hash, tenant, name = '', max_uses, uses, created = '', expires } = fields;
    if (!hash) return undefined;
    return {
      id,
      hash,
      issuer: tenant ? { kind: 'tenant', tenantId: tenant } : { kind: 'operator' },
      name,
      maxUses: Number(max_uses),
      uses: Number(uses),
      createdAt: created,
      expiresAt: inText(Number(expires)),
    };
  }
}

const inText = (ms: number): string => new Date(ms).toISOString();
const listOf = (issuer: TokenIssuer): string =>
  keys.initialAccessTokensOf(issuer.kind === 'tenant' ? `tenant:${issuer.tenantId}` : 'operator');
