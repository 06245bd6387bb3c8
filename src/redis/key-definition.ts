/** Definition of a key in Redis. A key without a bound does not compile; `test/redis/keys.test.ts` checks stored keys against it. */

export type KeyType = 'string' | 'hash' | 'set' | 'zset' | 'list' | 'stream';

/** Entities with a lifetime of their own, and the bound on their number. */
export const entities = {
  tenant: 'created and deleted by the operator, one by one',
  client: 'applications of the account at the authority (`APPLICATION_LIMIT`)',
  'API key': '`API_KEYS_PER_TENANT`, or the limit in the settings of the tenant',
  app: '`APPLICATION_SHARE_OF_APPS` of `APPLICATION_LIMIT`',
  webhook: '20 for each tenant',
  consent: 'user grants at the authority that are being withdrawn',
  'open import': '`IMPORTS_PER_TENANT`, or the limit in the settings of the tenant',
  import: '`IMPORT_RECORDS_PER_TENANT` for each tenant',
  job: 'waiting and active jobs; of relay jobs, `PENDING_JOBS_PER_TENANT` for each tenant',
} as const;
export type Entity = keyof typeof entities;

interface Expiry {
  /** Maximum TTL in ms, set with every write that creates the key. */
  expiresMs: number;
  /** Event that starts the TTL. Until then another bound must hold. */
  after?: string;
}
interface Entries {
  /** Maximum number of fields, members, elements or entries. */
  entries: number;
}
interface PerEntity {
  /** At most `times` (default 1) fields or members for each existing entity. */
  perEntity: Entity;
  times?: number;
}
interface Bytes {
  /** Maximum length of the value in bytes, or the name of the setting that limits it. */
  bytes: number | string;
}

/** At least one bound; if there are several, all of them apply. */
export type Bound = (Expiry | Entries | PerEntity | Bytes) &
  Partial<Expiry> &
  Partial<Entries> &
  Partial<PerEntity> &
  Partial<Bytes> & {
    /** Setting, constant or script that enforces the bound. Absent if the TTL or the entity does. */
    by?: string;
  };

export interface KeyDefinition<P extends string = string> {
  /** With a `<name>` for each variable part. */
  pattern: P;
  type: KeyType;
  /** Content of the key. */
  holds: string;
  bound: Bound;
  writtenBy: 'API' | 'workers' | 'API, workers';
}

/** One string for each `<name>`. */
type Parts<P extends string> = P extends `${string}<${string}>${infer Rest}` ? [string, ...Parts<Rest>] : [];

/** The key's name, or, for a pattern with variable parts, a function that builds it from them. */
export type KeyOf<P extends string> = Parts<P> extends [] ? P : (...parts: Parts<P>) => string;

/** Keeps the pattern's text as a literal type. */
export const defineKey = <const P extends string>(
  pattern: P,
  definition: Omit<KeyDefinition<P>, 'pattern'>,
): KeyDefinition<P> => ({ pattern, ...definition });

const PART = /<[a-z ]+>/g;

/** Names, or name builders, of all definitions. */
export function keysOf<const D extends Record<string, KeyDefinition>>(
  definitions: D,
): { readonly [N in keyof D]: KeyOf<D[N]['pattern']> } {
  const made = Object.entries(definitions).map(([name, { pattern }]) => {
    if (pattern.search(PART) === -1) return [name, pattern];
    const fixed = pattern.split(PART);
    return [name, (...parts: string[]) => fixed.map((text, i) => text + (parts[i] ?? '')).join('')];
  });
  return Object.fromEntries(made) as { readonly [N in keyof D]: KeyOf<D[N]['pattern']> };
}

/** Regular expression for a pattern; variable parts match anything. */
export const patternOf = ({ pattern }: KeyDefinition): RegExp =>
  new RegExp(`^${pattern.split(PART).map(escaped).join('(.+)')}$`, 's');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The most specific matching definition: the one with the fewest variable characters. */
export function definitionOf<D extends KeyDefinition>(name: string, all: readonly D[]): D | undefined {
  const open = (one: D) => (patternOf(one).exec(name) ?? []).slice(1).join('').length;
  const fitting = all.filter((one) => patternOf(one).test(name));
  return fitting.sort((a, b) => open(a) - open(b))[0];
}

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
