/**
 * Places for uploads that are open: so many in one process, because each takes memory and turns of its ingest thread; and so many of one
 * tenant, imports that run included. Dry runs and repeats are read as any other upload, so they count as any other.
 */
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { admitImport, keepPlace, releasePlace, UPLOAD_LEASE_MS } from './upload-store.ts';

export interface TenantPlace {
  tenantId: string;
  id: string;
  /** How many the tenant may have. */
  atOnce: number;
  /** Id of an import: while that is under way, one more is allowed. */
  beside?: string | undefined;
}

export interface UploadPlaces {
  /**
   * Works while it has one of the process' places, or not at all.
   * @throws Problem `overloaded`, `too_many_imports`
   */
  inProcess<T>(tenantId: string, work: () => Promise<T>): Promise<T>;
  /**
   * Works while it has a place of the tenant's that is given back in the end.
   * @throws Problem `too_many_imports`
   */
  ofTenant<T>(place: TenantPlace, work: () => Promise<T>): Promise<T>;
}

/** Of the process' places a tenant may have this many, whatever its own limit is: others must find one, too. */
const shareOf = (places: number) => Math.ceil(places / 2);
/** Whoever was refused may come again after this; uploads mostly take seconds. */
const RETRY = { 'Retry-After': '5' };

/** @param places of the process */
export function createUploadPlaces(redis: Redis, places: number): UploadPlaces {
  const byTenant = new Map<string, number>();
  let open = 0;

  return {
    async inProcess(tenantId, work) {
      const own = byTenant.get(tenantId) ?? 0;
      if (open >= places) throw new Problem('overloaded', { headers: RETRY, internal: `${open} uploads` });
      if (own >= shareOf(places))
        throw new Problem('too_many_imports', {
          headers: RETRY,
          detail: `At most ${shareOf(places)} uploads at once, dry runs included.`,
        });
      open += 1;
      byTenant.set(tenantId, own + 1);
      try {
        return await work();
      } finally {
        open -= 1;
        const left = (byTenant.get(tenantId) ?? 1) - 1;
        if (left === 0) byTenant.delete(tenantId);
        else byTenant.set(tenantId, left);
      }
    },

    async ofTenant({ tenantId, id, atOnce, beside }, work) {
      await admit(redis, { tenantId, id, atOnce, beside });
      const keeping = setInterval(
        () => void keepPlace(redis, tenantId, id).catch(() => undefined),
        UPLOAD_LEASE_MS / 4,
      );
      try {
        return await work();
      } finally {
        clearInterval(keeping);
        // Otherwise it is free after a while.
        await releasePlace(redis, tenantId, id).catch(() => undefined);
      }
    },
  };
}

/** @throws Problem `too_many_imports` */
export async function admit(redis: Redis, { tenantId, id, atOnce, beside }: TenantPlace): Promise<void> {
  if (await admitImport(redis, tenantId, id, atOnce, beside)) return;
  throw new Problem('too_many_imports', {
    headers: { 'Retry-After': String(UPLOAD_LEASE_MS / 1000) },
    detail: `At most ${atOnce} at once.`,
  });
}
