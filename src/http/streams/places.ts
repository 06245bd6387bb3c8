/** Limits the concurrent streams of a caller, and of all callers of a tenant, per process. */
import { callerOf, type AnyPrincipal } from '../../principal.ts';
import type { StreamMetrics } from '../../metrics.ts';
import { Problem } from '../../problem.ts';

export interface Places {
  /**
   * @returns releases the slot; idempotent
   * @throws Problem `too_many_streams`
   */
  take(principal: AnyPrincipal): () => void;
}

interface Bounds {
  perPrincipal: number;
  perTenant: number;
}

/** Seconds. The end of a stream cannot be predicted. */
const RETRY_AFTER = '5';

export function createPlaces({ perPrincipal, perTenant }: Bounds, metrics: StreamMetrics): Places {
  /** Open streams per caller and per tenant; those without any have no entry. */
  const open = new Map<string, number>();
  const add = (name: string, count: 1 | -1) => {
    const sum = (open.get(name) ?? 0) + count;
    if (sum === 0) open.delete(name);
    else open.set(name, sum);
  };

  return {
    take(principal) {
      const bounds = boundsOf(principal);
      for (const { name, most, whose } of bounds)
        if ((open.get(name) ?? 0) >= most)
          throw new Problem('too_many_streams', {
            detail: `At most ${most} at a time for ${whose}.`,
            headers: { 'Retry-After': RETRY_AFTER },
          });
      for (const { name } of bounds) add(name, 1);
      metrics.opened();
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        for (const { name } of bounds) add(name, -1);
        metrics.closed();
      };
    },
  };

  function boundsOf(principal: AnyPrincipal) {
    const caller = callerOf(principal) ?? principal.kind;
    const own = { name: `caller ${caller}`, most: perPrincipal, whose: 'one caller' };
    if (!('tenantId' in principal)) return [own];
    return [own, { name: `tenant ${principal.tenantId}`, most: perTenant, whose: 'the tenant' }];
  }
}
