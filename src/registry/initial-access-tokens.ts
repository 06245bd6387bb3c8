/** Initial access tokens (RFC 7591 section 3): who may register apps, how many, how long. Kept as keyed hashes. */
import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { redisNow, redisTimestamp } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { KeyedHash } from '../secrets/keyed-hash.ts';
import type { StoredApiKey } from './api-keys.ts';

/** Whose word it is: the operator's, or a tenant's. */
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
  /** How many tokens its issuer may have that have not expired. */
  limit: number;
  /** The API key that asks for it, as it was read; undefined: none does. */
  by: StoredApiKey | undefined;
}

export interface InitialAccessTokens {
  /**
   * @param eventOf tells of it, by its id
   * @returns it, and the token itself, which is kept nowhere; undefined when the key that asks for it is not any more as it was read
   * @throws Problem `initial_access_token_limit_reached`; `beyond_own_bounds`: that key is gone, or its time is over
   */
  create(
    issuer: TokenIssuer,
    wanted: WantedToken,
    eventOf: (id: string) => string,
  ): Promise<{ made: InitialAccessToken; token: string } | undefined>;
  /** Those that have not expired, soonest first. */
  list(issuer: TokenIssuer): Promise<InitialAccessToken[]>;
  /** @param event left out: it goes with its issuer. @returns false when this issuer has no such token */
  remove(issuer: TokenIssuer, id: string, event?: string): Promise<boolean>;
  /** @returns undefined when it is none of ours, used up or expired */
  find(token: string): Promise<InitialAccessToken | undefined>;
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
/** So that it is known for what it is wherever it turns up. */
const FORM = /^tvi_([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{43})$/;

export function createInitialAccessTokens(redis: Redis, keyedHash: KeyedHash): InitialAccessTokens {
  async function read(id: string): Promise<(InitialAccessToken & { hash: string }) | undefined> {
    const fields = await redis.hgetall(keys.initialAccessToken(id));
    if (!fields['hash']) return undefined;
    return {
      id,
      hash: fields['hash'],
      issuer: fields['tenant'] ? { kind: 'tenant', tenantId: fields['tenant'] } : { kind: 'operator' },
      name: fields['name']!,
      maxUses: Number(fields['max_uses']),
      uses: Number(fields['uses']),
      createdAt: fields['created']!,
      expiresAt: inText(Number(fields['expires'])),
    };
  }

  return {
    async create(issuer, { name, maxUses, expiresAt, limit, by }, eventOf) {
      const id = randomBytes(12).toString('base64url');
      const token = `tvi_${id}.${randomBytes(32).toString('base64url')}`;
      const createdAt = redisTimestamp();
      const fields = {
        hash: keyedHash('initial-access-token', token),
        tenant: issuer.kind === 'tenant' ? issuer.tenantId : '',
        name,
        max_uses: maxUses,
        uses: 0,
        created: createdAt,
        expires: expiresAt,
      };
      const done = await createToken(redis, {
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
      if (done === 2)
        throw new Problem('initial_access_token_limit_reached', { detail: `At most ${limit}.` });
      if (done === 4)
        throw new Problem('beyond_own_bounds', {
          internal: 'the key that asks is gone, or its time is over',
        });
      // Not read back: that could fail, and it is made all the same.
      const made = { id, issuer, name, maxUses, uses: 0, createdAt, expiresAt: inText(expiresAt) };
      return { made, token };
    },

    async list(issuer) {
      await redis.zremrangebyscore(listOf(issuer), '-inf', String(redisNow()));
      const ids = await redis.zrangebyscore(listOf(issuer), '-inf', '+inf');
      const found = await Promise.all(ids.map(read));
      return found.flatMap((token) => (token ? [token] : []));
    },

    async remove(issuer, id, event = '') {
      const places = {
        tokens: listOf(issuer),
        token: keys.initialAccessToken(id),
        outbox: keys.registryOutbox,
      };
      return (await removeToken(redis, { ...places, id, event })) === 1;
    },

    async find(token) {
      const [, id] = FORM.exec(token) ?? [];
      const found = id === undefined ? undefined : await read(id);
      if (!found || found.uses >= found.maxUses || Date.parse(found.expiresAt) <= redisNow())
        return undefined;
      const { hash, ...rest } = found;
      return keyedHash.matches('initial-access-token', token, hash) ? rest : undefined;
    },
  };
}

const inText = (ms: number): string => new Date(ms).toISOString();
const listOf = (issuer: TokenIssuer): string =>
  keys.initialAccessTokensOf(issuer.kind === 'tenant' ? `tenant:${issuer.tenantId}` : 'operator');
