/**
 * Requests per minute of a tenant and of each of its callers: never exceeded, across all processes. Redis counts; a
 * process obtains small batches and requests the next one before the current one is used up, so that hardly any request
 * waits. Minutes are those of Redis's clock.
 */
import type { Redis } from 'ioredis';
import type { Principal } from '../principal.ts';
import { keys } from '../redis/keys.ts';
import { isLow, batchSize, newAllowance, type Allowance } from './allowance.ts';
import { takeRequests } from './limit-store.ts';

export interface Limits {
  tenant: number;
  principal: number;
}

/** The decision for one request, and the header fields for its caller. */
export interface Verdict {
  isAllowed: boolean;
  /** `RateLimit-Policy` and `RateLimit` (IETF draft). */
  policy: string;
  state: string;
  /** Seconds until the minute ends. */
  seconds: number;
}

const WINDOW_SECONDS = 60;
/** Retry interval when everything is granted: another process may have returned some. */
const RECHECK_MS = 1_000;
/** How often unused requests are looked for. */
const SWEEP_MS = 1_000;
/**
 * Requests unused for this long are returned. Shorter, and a caller with a request every few seconds would ask Redis
 * twice for each of them.
 */
const IDLE_MS = 5_000;

interface Caller {
  tenantId: string;
  keys: { tenant: string; caller: string };
  tenant: Tenant;
  own: Allowance;
  minute: number;
  /** `performance.now()` at the end of that minute, or slightly before. */
  endsAt: number;
  /** Until then, refused without asking Redis. */
  refusedUntil: number;
  /** Number of requests that wait for the reply. */
  waiting: number;
  asking: Promise<void> | undefined;
  policy: string;
  /** Registry generation when the limits were last read. */
  generation: number | undefined;
  /** Its minute is over; another entry replaces it, or will. */
  isGone: boolean;
}

/** The allowance that all callers of a tenant share in this process. */
interface Tenant {
  shared: Allowance;
  minute: number;
}

export class RequestLimits {
  readonly #redis: Redis;
  readonly #limitsOf: (tenantId: string) => Promise<Limits>;
  readonly #generation: () => number | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #tenants = new Map<string, Tenant>();
  readonly #callers = new Map<string, Caller>();
  /** A principal is the same object as long as nothing changed. */
  readonly #known = new WeakMap<Principal, Caller>();

  /**
   * @param limitsOf limits of a tenant
   * @param generation of the registry: when it changes, limits are read again, so that a change applies as fast as any
   * other
   */
  constructor(
    redis: Redis,
    limitsOf: (tenantId: string) => Promise<Limits>,
    generation: () => number | undefined = () => 0,
  ) {
    this.#redis = redis;
    this.#limitsOf = limitsOf;
    this.#generation = generation;
    this.#timer = setInterval(() => {
      const before = performance.now() - IDLE_MS;
      // What could not be returned expires with the minute.
      void this.#giveBack(({ usedAt }) => usedAt < before).catch(() => undefined);
    }, SWEEP_MS).unref();
  }

  /**
   * Counts one request of this caller. Returns a promise only when Redis has to be asked.
   * @param ownIsEnough admit the request while the caller's own limit allows it, even when the tenant's is used up
   */
  take(principal: Principal, ownIsEnough = false): Verdict | Promise<Verdict> {
    const caller = this.#find(principal);
    const now = this.#generation();
    if (now === undefined || caller.generation !== now) return this.#takeOrWait(caller, ownIsEnough);
    return this.#tryTake(caller, performance.now(), ownIsEnough) ?? this.#wait(caller, ownIsEnough);
  }

  /** Returns unused requests, and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#giveBack(() => true).catch(() => undefined);
  }

  #find(principal: Principal): Caller {
    const found = this.#known.get(principal);
    if (found && !found.isGone) return found;
    const { tenantId, kind, clientId } = principal;
    const id = principal.kind === 'tenant' ? clientId : `${clientId}:${principal.userId}`;
    const key = keys.requestsOf(tenantId, kind, id);
    let caller = this.#callers.get(key);
    if (!caller) this.#callers.set(key, (caller = newCaller(tenantId, this.#tenant(tenantId), key)));
    this.#known.set(principal, caller);
    return caller;
  }

  #tenant(id: string): Tenant {
    let tenant = this.#tenants.get(id);
    if (!tenant) this.#tenants.set(id, (tenant = { shared: newAllowance(0), minute: 0 }));
    return tenant;
  }

  #tryTake(caller: Caller, now: number, ownIsEnough: boolean): Verdict | undefined {
    const { own, tenant } = caller;
    const { shared } = tenant;
    if (now >= caller.endsAt) return undefined;
    // Another caller of the tenant has started a new minute.
    const isCurrent = tenant.minute === caller.minute;
    if (isCurrent && own.granted > 0 && (shared.granted > 0 || (ownIsEnough && shared.left === 0))) {
      own.granted -= 1;
      shared.granted = Math.max(0, shared.granted - 1);
      own.usedAt = shared.usedAt = now;
      if (!caller.asking && (isLow(own) || isLow(shared))) void this.#askOnce(caller).catch(() => undefined);
      return verdict(caller, now, true);
    }
    const isRefused = now < caller.refusedUntil && !(ownIsEnough && own.left > 0);
    return isCurrent && isRefused ? verdict(caller, now, false) : undefined;
  }

  async #takeOrWait(caller: Caller, ownIsEnough: boolean): Promise<Verdict> {
    await this.#applyChanges(caller);
    return this.#tryTake(caller, performance.now(), ownIsEnough) ?? this.#wait(caller, ownIsEnough);
  }

  async #wait(caller: Caller, ownIsEnough: boolean): Promise<Verdict> {
    caller.waiting += 1;
    try {
      for (;;) {
        await this.#askOnce(caller);
        const taken = this.#tryTake(caller, performance.now(), ownIsEnough);
        if (taken) return taken;
      }
    } finally {
      caller.waiting -= 1;
    }
  }

  #askOnce(caller: Caller): Promise<void> {
    caller.asking ??= this.#ask(caller).finally(() => (caller.asking = undefined));
    return caller.asking;
  }

  async #ask(caller: Caller): Promise<void> {
    const limits = await this.#limitsOf(caller.tenantId);
    const { tenant, own } = caller;
    const { shared } = tenant;
    resize(shared, limits.tenant);
    resize(own, limits.principal);
    caller.policy = policyOf(limits);
    const isNew = performance.now() >= caller.endsAt;
    const sentAt = performance.now();
    const [minute, msLeft, toAll, leftToAll, toOne, leftToOne] = await takeRequests(this.#redis, {
      ...caller.keys,
      tenantLimit: limits.tenant,
      tenantWanted: wanted(shared, isNew, caller.waiting),
      tenantMinute: 0,
      callerLimit: limits.principal,
      callerWanted: wanted(own, isNew, caller.waiting),
      callerMinute: 0,
    });
    receive(shared, tenant.minute === minute, toAll, leftToAll);
    receive(own, caller.minute === minute, toOne, leftToOne);
    tenant.minute = caller.minute = minute;
    // Measured from when the call was sent: requests of this minute are never used in the next one.
    caller.endsAt = sentAt + msLeft;
    const isUsedUp = [shared, own].some(({ granted, left }) => granted === 0 && left === 0);
    caller.refusedUntil = isUsedUp ? sentAt + Math.min(msLeft, RECHECK_MS) : 0;
  }

  /** Returns what was granted under former limits, and requests it anew. */
  async #applyChanges(caller: Caller): Promise<void> {
    const looked = this.#generation();
    const limits = await this.#limitsOf(caller.tenantId);
    caller.generation = looked;
    if (policyOf(limits) === caller.policy) return;
    caller.policy = '';
    const { tenant, own, endsAt } = caller;
    caller.endsAt = 0;
    if (performance.now() < endsAt) await this.#returnBatches(caller, tenant.shared.granted, own.granted);
  }

  async #giveBack(isIdle: (allowance: Allowance) => boolean): Promise<void> {
    const now = performance.now();
    const idle = (allowance: Allowance) => (isIdle(allowance) ? allowance.granted : 0);
    for (const [name, caller] of this.#callers) {
      if (caller.asking || caller.waiting > 0) continue;
      if (now >= caller.endsAt) {
        this.#callers.delete(name);
        caller.isGone = true;
        continue;
      }
      const [all, one] = [idle(caller.tenant.shared), idle(caller.own)];
      if (all + one > 0) await this.#returnBatches(caller, all, one);
    }
    const inUse = new Set([...this.#callers.values()].map(({ tenant }) => tenant));
    for (const [id, tenant] of this.#tenants) if (!inUse.has(tenant)) this.#tenants.delete(id);
  }

  async #returnBatches(caller: Caller, all: number, one: number): Promise<void> {
    const { own, tenant } = caller;
    tenant.shared.granted -= all;
    own.granted -= one;
    await takeRequests(this.#redis, {
      ...caller.keys,
      tenantLimit: tenant.shared.limit,
      tenantWanted: -all,
      tenantMinute: tenant.minute,
      callerLimit: own.limit,
      callerWanted: -one,
      callerMinute: caller.minute,
    });
  }
}

const newCaller = (tenantId: string, tenant: Tenant, key: string): Caller => ({
  tenantId,
  tenant,
  keys: { tenant: keys.requestsOfTenant(tenantId), caller: key },
  own: newAllowance(0),
  minute: 0,
  endsAt: 0,
  refusedUntil: 0,
  waiting: 0,
  asking: undefined,
  policy: '',
  generation: undefined,
  isGone: false,
});

/** The limit was changed: the ungranted remainder changes with it. */
function resize(allowance: Allowance, limit: number): void {
  allowance.left = Math.max(0, allowance.left + limit - allowance.limit);
  allowance.limit = limit;
}

/**
 * Batch size to request. @param isNew the current batch is of a past minute @param waiting requests that cannot be
 * admitted yet
 */
const wanted = (allowance: Allowance, isNew: boolean, waiting: number): number =>
  isNew || isLow(allowance) || allowance.granted < waiting ? Math.max(batchSize(allowance), waiting) : 0;

function policyOf({ tenant, principal }: Limits): string {
  return `"tenant";q=${tenant};w=${WINDOW_SECONDS}, "principal";q=${principal};w=${WINDOW_SECONDS}`;
}

function receive(allowance: Allowance, isSameMinute: boolean, given: number, left: number): void {
  allowance.granted = (isSameMinute ? allowance.granted : 0) + given;
  allowance.left = left;
}

function verdict({ own, tenant, endsAt, policy }: Caller, now: number, isAllowed: boolean): Verdict {
  const { shared } = tenant;
  const seconds = Math.ceil((endsAt - now) / 1000);
  const state = `"tenant";r=${shared.left + shared.granted};t=${seconds}, "principal";r=${own.left + own.granted};t=${seconds}`;
  return { isAllowed, policy, state, seconds };
}
