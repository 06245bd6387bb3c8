/**
 * How many requests a minute a tenant, and each caller of it, may make: over all processes together, and never more. Redis counts; a
 * process is given requests in small lots, and asks for the next lot before the last one is used up, so that hardly any request waits.
 * The minutes are those of Redis's clock.
 */
import type { Redis } from 'ioredis';
import type { Principal } from '../principal.ts';
import { keys } from '../redis/keys.ts';
import { isLow, lotOf, newAllowance, type Allowance } from './allowance.ts';
import { takeRequests } from './limit-store.ts';

export interface Limits {
  tenant: number;
  principal: number;
}

/** How it went for one request, and what its caller is told. */
export interface Verdict {
  isAllowed: boolean;
  /** `RateLimit-Policy` and `RateLimit` (IETF draft). */
  policy: string;
  state: string;
  /** Seconds until the minute ends. */
  seconds: number;
}

export interface RequestLimits {
  /**
   * Counts one request of this caller. A promise only when this process has to ask.
   * @param ownIsEnough whatever others of the tenant have used up, this request is let in while the caller has some of its own
   */
  take(principal: Principal, ownIsEnough?: boolean): Verdict | Promise<Verdict>;
  /** Gives back what was not used, and stops. */
  close(): Promise<void>;
}

const WINDOW_SECONDS = 60;
/** When all was given out, it is looked again after so long: another process may have given some back. */
const LOOK_AGAIN_MS = 1_000;
/** What a process does not use for so long, it gives back. */
const IDLE_MS = 1_000;

interface Caller {
  tenantId: string;
  keys: { tenant: string; caller: string };
  tenant: Tenant;
  own: Allowance;
  minute: number;
  /** `performance.now()` at the end of that minute, or a little before. */
  endsAt: number;
  /** Refused without asking until then. */
  refusedUntil: number;
  /** How many requests wait for the answer. */
  waiting: number;
  asking: Promise<void> | undefined;
  policy: string;
  /** Of the registry, when its limits were last looked at. */
  generation: number | undefined;
  /** Its minute is over; there is another entry for it, or will be. */
  isGone: boolean;
}

/** The allowance that all callers of a tenant share in this process. */
interface Tenant {
  shared: Allowance;
  minute: number;
}

/**
 * @param limitsOf a tenant
 * @param generation another number: limits may have changed, and are looked at; so they hold as soon as whatever else is changed
 */
export function createRequestLimits(
  redis: Redis,
  limitsOf: (tenantId: string) => Promise<Limits>,
  generation: () => number | undefined = () => 0,
): RequestLimits {
  const tenants = new Map<string, Tenant>();
  const callers = new Map<string, Caller>();
  /** A principal is the same object as long as nothing changed. */
  const known = new WeakMap<Principal, Caller>();

  function find(principal: Principal): Caller {
    const found = known.get(principal);
    if (found && !found.isGone) return found;
    const { tenantId, kind, clientId } = principal;
    const id = principal.kind === 'tenant' ? clientId : `${clientId}:${principal.userId}`;
    const key = keys.requestsOf(tenantId, kind, id);
    let caller = callers.get(key);
    if (!caller) {
      let tenant = tenants.get(tenantId);
      if (!tenant) tenants.set(tenantId, (tenant = { shared: newAllowance(0), minute: 0 }));
      caller = {
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
      };
      callers.set(key, caller);
    }
    known.set(principal, caller);
    return caller;
  }

  async function ask(caller: Caller): Promise<void> {
    const limits = await limitsOf(caller.tenantId);
    const { tenant, own } = caller;
    const { shared } = tenant;
    for (const [allowance, limit] of [
      [shared, limits.tenant],
      [own, limits.principal],
    ] as const) {
      if (allowance.limit === limit) continue;
      allowance.left = Math.max(0, allowance.left + limit - allowance.limit);
      allowance.limit = limit;
    }
    caller.policy = policyOf(limits);
    const isNew = performance.now() >= caller.endsAt;
    const wanted = (allowance: Allowance, isOld: boolean) =>
      isOld || isLow(allowance) || allowance.inHand < caller.waiting
        ? Math.max(lotOf(allowance), caller.waiting)
        : 0;
    const sentAt = performance.now();
    const [minute = 0, msLeft = 0, toAll = 0, leftToAll = 0, toOne = 0, leftToOne = 0] = (await takeRequests(
      redis,
      {
        ...caller.keys,
        tenantLimit: limits.tenant,
        tenantWanted: wanted(shared, isNew),
        tenantMinute: 0,
        callerLimit: limits.principal,
        callerWanted: wanted(own, isNew),
        callerMinute: 0,
      },
    )) as number[];
    receive(shared, tenant.minute === minute, toAll, leftToAll);
    receive(own, caller.minute === minute, toOne, leftToOne);
    tenant.minute = caller.minute = minute;
    // From when it was asked: what is of this minute is never used in the next one.
    caller.endsAt = sentAt + msLeft;
    const isUsedUp = [shared, own].some(({ inHand, left }) => inHand === 0 && left === 0);
    caller.refusedUntil = isUsedUp ? sentAt + Math.min(msLeft, LOOK_AGAIN_MS) : 0;
  }

  function askOnce(caller: Caller): Promise<void> {
    caller.asking ??= ask(caller).finally(() => (caller.asking = undefined));
    return caller.asking;
  }

  function tryTake(caller: Caller, now: number, ownIsEnough: boolean): Verdict | undefined {
    const { own, tenant } = caller;
    const { shared } = tenant;
    if (now >= caller.endsAt) return undefined;
    // Another caller of the tenant has seen a new minute begin.
    const isCurrent = tenant.minute === caller.minute;
    if (isCurrent && own.inHand > 0 && (shared.inHand > 0 || (ownIsEnough && shared.left === 0))) {
      own.inHand -= 1;
      shared.inHand = Math.max(0, shared.inHand - 1);
      own.usedAt = shared.usedAt = now;
      if (!caller.asking && (isLow(own) || isLow(shared))) void askOnce(caller).catch(() => undefined);
      return verdict(caller, now, true);
    }
    const isRefused = now < caller.refusedUntil && !(ownIsEnough && own.left > 0);
    return isCurrent && isRefused ? verdict(caller, now, false) : undefined;
  }

  /** What was given by other limits than those that hold now goes back, and is asked for anew. */
  async function heedChanges(caller: Caller): Promise<void> {
    const looked = generation();
    const limits = await limitsOf(caller.tenantId);
    caller.generation = looked;
    if (policyOf(limits) === caller.policy) return;
    caller.policy = '';
    const { tenant, own, endsAt } = caller;
    caller.endsAt = 0;
    if (performance.now() < endsAt) await returnLots(caller, tenant.shared.inHand, own.inHand);
  }

  async function wait(caller: Caller, ownIsEnough: boolean): Promise<Verdict> {
    caller.waiting += 1;
    try {
      for (;;) {
        await askOnce(caller);
        const taken = tryTake(caller, performance.now(), ownIsEnough);
        if (taken) return taken;
      }
    } finally {
      caller.waiting -= 1;
    }
  }

  async function giveBack(isIdle: (allowance: Allowance) => boolean): Promise<void> {
    const now = performance.now();
    for (const [name, caller] of callers) {
      if (caller.asking || caller.waiting > 0) continue;
      if (now >= caller.endsAt) {
        callers.delete(name);
        caller.isGone = true;
        continue;
      }
      const { own, tenant } = caller;
      const [all, one] = [tenant.shared, own].map((allowance) =>
        isIdle(allowance) ? allowance.inHand : 0,
      ) as [number, number];
      if (all + one === 0) continue;
      await returnLots(caller, all, one);
    }
    const inUse = new Set([...callers.values()].map(({ tenant }) => tenant));
    for (const [id, tenant] of tenants) if (!inUse.has(tenant)) tenants.delete(id);
  }

  async function returnLots(caller: Caller, all: number, one: number): Promise<void> {
    const { own, tenant } = caller;
    tenant.shared.inHand -= all;
    own.inHand -= one;
    await takeRequests(redis, {
      ...caller.keys,
      tenantLimit: tenant.shared.limit,
      tenantWanted: -all,
      tenantMinute: tenant.minute,
      callerLimit: own.limit,
      callerWanted: -one,
      callerMinute: caller.minute,
    });
  }

  async function takeOrWait(caller: Caller, ownIsEnough: boolean): Promise<Verdict> {
    await heedChanges(caller);
    return tryTake(caller, performance.now(), ownIsEnough) ?? wait(caller, ownIsEnough);
  }

  const timer = setInterval(() => {
    const before = performance.now() - IDLE_MS;
    // What could not be given back lapses with the minute.
    void giveBack(({ usedAt }) => usedAt < before).catch(() => undefined);
  }, IDLE_MS).unref();

  return {
    take(principal, ownIsEnough = false) {
      const caller = find(principal);
      const now = generation();
      if (now === undefined || caller.generation !== now) return takeOrWait(caller, ownIsEnough);
      return tryTake(caller, performance.now(), ownIsEnough) ?? wait(caller, ownIsEnough);
    },
    async close() {
      clearInterval(timer);
      await giveBack(() => true).catch(() => undefined);
    },
  };
}

function policyOf({ tenant, principal }: Limits): string {
  return `"tenant";q=${tenant};w=${WINDOW_SECONDS}, "principal";q=${principal};w=${WINDOW_SECONDS}`;
}

function receive(allowance: Allowance, isSameMinute: boolean, given: number, left: number): void {
  allowance.inHand = (isSameMinute ? allowance.inHand : 0) + given;
  allowance.left = left;
}

function verdict({ own, tenant, endsAt, policy }: Caller, now: number, isAllowed: boolean): Verdict {
  const { shared } = tenant;
  const seconds = Math.ceil((endsAt - now) / 1000);
  const state = `"tenant";r=${shared.left + shared.inHand};t=${seconds}, "principal";r=${own.left + own.inHand};t=${seconds}`;
  return { isAllowed, policy, state, seconds };
}
