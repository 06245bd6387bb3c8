/**
 * Limits open uploads: per process, because each takes memory and time of its ingest thread; and per tenant, together with its open
 * imports. Dry runs and retries are read like any other upload, so they count, too.
 */
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { admitImport, keepPlace, releasePlace, UPLOAD_LEASE_MS } from './upload-store.ts';

export interface TenantPlace {
  tenantId: string;
  id: string;
  /** The tenant's limit. */
  atOnce: number;
  /** Id of an import: while it is open, one more is allowed. */
  beside?: string | undefined;
}

export interface UploadPlaces {
  /**
   * Runs `work` while it holds one of the process's slots, or rejects.
   * @throws Problem `overloaded`, `too_many_imports`
   */
  inProcess<T>(tenantId: string, work: () => Promise<T>): Promise<T>;
  /**
   * Runs `work` while it holds one of the tenant's slots, which is released in the end.
   * @throws Problem `too_many_imports`
   */
  ofTenant<T>(place: TenantPlace, work: () => Promise<T>): Promise<T>;
}

/** Most slots of the process for one tenant, whatever its own limit: other tenants need some, too. */
const shareOf = (places: number) => Math.ceil(places / 2);
/** Uploads mostly take seconds. */
const RETRY = { 'Retry-After': '5' };

/** @param places slots of the process */
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
        // Otherwise its lease expires.
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
