/** Requests to services with an idempotency key in Redis: one hash each, and the encrypted answer in it. */
import type { Redis } from 'ioredis';
import { DAY_MS } from '../../redis/key-definition.ts';
import { keys } from '../../redis/keys.ts';
import { defineScript, replyOf } from '../../redis/scripts.ts';

/** Without a renewal for so long, the process of a running request is taken to be dead. */
export const LEASE_MS = 10_000;
/** As long as the keys of our own operations (`A_DAY_MS` of relay jobs). */
const KEEP_MS = DAY_MS;
/** Of all kept answers of a tenant; the oldest make room. */
const TENANT_BYTES = 67_108_864;

const file = (name: string) => new URL(`./${name}.lua`, import.meta.url);
type BeginReply = [
  state: 'begun' | 'other' | 'running' | 'kept' | 'unkept' | 'unknown' | 'full',
  status?: string,
];
const scripts = {
  begin: defineScript({
    file: file('begin-keyed-request'),
    keys: ['request', 'requests'],
    args: ['id', 'fingerprint', 'attempt', 'leaseMs', 'keepMs', 'limit'],
    reply: replyOf<BeginReply>,
  }),
  keep: defineScript({
    file: file('keep-answer'),
    keys: ['request', 'answers', 'held'],
    args: ['requestsAt', 'id', 'attempt', 'status', 'answer', 'keepMs', 'limitBytes'],
    reply: replyOf<number>,
  }),
  end: defineScript({
    file: file('end-keyed-request'),
    keys: ['request', 'requests'],
    args: ['id', 'attempt', 'isFree'],
  }),
  renew: defineScript({
    file: file('renew-keyed-request'),
    keys: ['request'],
    args: ['attempt', 'leaseMs'],
  }),
};

export interface KeyedId {
  tenantId: string;
  id: string;
}

/** A request that somebody has begun. */
export interface Begun extends KeyedId {
  attempt: string;
}

const placesOf = ({ tenantId, id }: KeyedId) => ({
  id,
  request: keys.keyedRequest(tenantId, id),
  requests: keys.keyedRequests(tenantId),
});

export class KeyedRequestStore {
  readonly #redis: Redis;
  readonly #perTenant: number;

  /** @param perTenant most requests of a tenant */
  constructor(redis: Redis, perTenant: number) {
    this.#redis = redis;
    this.#perTenant = perTenant;
  }

  async isKnown(of: KeyedId): Promise<boolean> {
    return (await this.#redis.exists(placesOf(of).request)) === 1;
  }

  begin({ attempt, ...of }: Begun, fingerprint: string): Promise<BeginReply> {
    const limits = { leaseMs: LEASE_MS, keepMs: KEEP_MS, limit: this.#perTenant };
    return scripts.begin(this.#redis, { ...placesOf(of), attempt, fingerprint, ...limits });
  }

  /** @returns undefined: it is not there any more */
  async readAnswer(of: KeyedId): Promise<Buffer | undefined> {
    return (await this.#redis.hgetBuffer(placesOf(of).request, 'answer')) ?? undefined;
  }

  /** @param answer undefined: it cannot be kept */
  async keep({ attempt, ...of }: Begun, status: number, answer: Buffer | undefined): Promise<void> {
    const { tenantId, id } = of;
    await scripts.keep(this.#redis, {
      id,
      request: placesOf(of).request,
      answers: keys.keyedAnswers(tenantId),
      held: keys.keyedAnswerBytes(tenantId),
      requestsAt: keys.keyedRequest(tenantId, ''),
      attempt,
      status,
      answer: answer ?? '',
      keepMs: KEEP_MS,
      limitBytes: TENANT_BYTES,
    });
  }

  /** @param isFree nothing was done; otherwise it is unknown */
  async end({ attempt, ...of }: Begun, isFree: boolean): Promise<void> {
    await scripts.end(this.#redis, { ...placesOf(of), attempt, isFree: isFree ? '1' : '' });
  }

  async renew({ attempt, ...of }: Begun): Promise<void> {
    await scripts.renew(this.#redis, { request: placesOf(of).request, attempt, leaseMs: LEASE_MS });
  }
}
