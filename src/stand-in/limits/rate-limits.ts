import type { LogBook } from '../log-book.ts';
import type { Plan } from './plans.ts';
import { rateGroupOf, type RateGroup } from './rate-groups.ts';
import { TokenBucket, type BucketState } from './token-bucket.ts';

export interface LimitedRequest {
  method: string;
  path: string;
  ip: string;
  userAgent: string;
}

export interface Verdict {
  /** `x-ratelimit-…`; empty if no limit applies. */
  headers: Record<string, string>;
  /** Text of the 429; undefined: admitted. */
  refusal?: string;
}

/** Buckets of users that have been idle are full again, and can be dropped. */
const USER_BUCKETS_MAX = 10_000;

/** The account's token buckets (Auth0 docs, "Rate limit policy"): per account, not per client. */
export class RateLimits {
  readonly #plan: Plan;
  readonly #logs: LogBook;
  readonly #now: () => number;
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #userinfo = new Map<string, TokenBucket>();

  constructor(plan: Plan, logs: LogBook, now: () => number) {
    this.#plan = plan;
    this.#logs = logs;
    this.#now = now;
    const { management, authentication } = plan;
    const limits = {
      'management global': management?.global,
      ...Object.fromEntries(
        Object.entries(management?.groups ?? {}).map(([group, limit]) => [`management ${group}`, limit]),
      ),
      'authentication global': authentication?.global,
      'authentication token': authentication?.token,
      'authentication keys': authentication?.keys,
      'authentication registration': authentication?.registration,
    };
    for (const [name, limit] of Object.entries(limits))
      if (limit) this.#buckets.set(name, new TokenBucket(limit, now));
  }

  /** Checked in this order: the global bucket, then that of the endpoint's group. */
  management(request: LimitedRequest, query: URLSearchParams): Verdict {
    const groups = this.#plan.management?.groups;
    if (!groups) return this.#spend(request, [['management global', 'Global limit has been reached']]);
    const wanted = rateGroupOf(request.method, request.path, query);
    const group: RateGroup = groups[wanted] ? wanted : 'other';
    const per = groups[group]?.per ?? 'second';
    return this.#spend(request, [
      ['management global', 'Global limit has been reached'],
      // Public reports of this text, for users_write.
      [`management ${group}`, `Global per ${per} ${group} group limit has been reached`],
    ]);
  }

  authentication(request: LimitedRequest): Verdict {
    const buckets: [string, string][] = [['authentication global', 'Global limit has been reached']];
    if (request.path === '/oauth/token')
      buckets.push(['authentication token', 'Global limit has been reached']);
    if (request.path === '/.well-known/jwks.json')
      buckets.push(['authentication keys', 'Global limit has been reached']);
    if (request.path === '/oidc/register')
      buckets.push(['authentication registration', 'Global limit has been reached']);
    return this.#spend(request, buckets);
  }

  userinfo(request: LimitedRequest, userId: string): Verdict {
    const limit = this.#plan.authentication?.userinfo;
    if (!limit) return { headers: {} };
    if (this.#userinfo.size >= USER_BUCKETS_MAX) this.#userinfo.clear();
    const known = this.#userinfo.get(userId) ?? new TokenBucket(limit, this.#now);
    this.#userinfo.set(userId, known);
    return this.#judge(request, [[known, 'User limit has been reached']]);
  }

  #spend(request: LimitedRequest, named: readonly [string, string][]): Verdict {
    const buckets = named.flatMap(([name, refusal]): [TokenBucket, string][] => {
      const bucket = this.#buckets.get(name);
      return bucket ? [[bucket, refusal]] : [];
    });
    return this.#judge(request, buckets);
  }

  #judge(request: LimitedRequest, buckets: readonly [TokenBucket, string][]): Verdict {
    let tightest: BucketState | undefined;
    for (const [bucket, refusal] of buckets) {
      const state = bucket.take();
      if (state.warns) this.#log('api_limit_warning', request, 'close to its limit');
      if (!state.allowed) {
        this.#log('api_limit', request, refusal);
        return { headers: headersOf(state), refusal };
      }
      if (!tightest || state.remaining < tightest.remaining) tightest = state;
    }
    return { headers: tightest ? headersOf(tightest) : {} };
  }

  #log(type: 'api_limit' | 'api_limit_warning', request: LimitedRequest, what: string): void {
    this.#logs.write({
      type,
      description: `${what} (plan ${this.#plan.name})`,
      ip: request.ip,
      user_agent: request.userAgent,
      details: { request: { method: request.method.toLowerCase(), path: request.path } },
    });
  }
}

function headersOf({ limit, remaining, resetAt }: BucketState): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(resetAt),
  };
}
