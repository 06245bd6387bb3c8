/**
 * Which tenant a person belongs to, as far as a tenant id or an email address says so. For anonymous callers: it reads the registry only,
 * never the authority, and takes the same reads whether it finds a tenant or not.
 */
import { domainToASCII } from 'node:url';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { findByEmailDomain, hasSeveralSignIns, readTenant, type Tenant } from '../registry/tenants.ts';

export interface TenantDirectory {
  /** @param identifier email address or tenant id, as a person types it. @returns a tenant that people may sign in to */
  find(identifier: string): Promise<Tenant | undefined>;
  /** Whether users of different tenants need different sign-in pages: databases or organizations. As of a minute ago at most. */
  hasSeveralSignIns(): Promise<boolean>;
}

/** The answer takes a scan of all tenants where they share one sign-in page. */
const REMEMBERED_MS = 60_000;

export function createTenantDirectory(redis: Redis): TenantDirectory {
  const several = new LRUCache<'several', boolean>({
    max: 1,
    ttl: REMEMBERED_MS,
    fetchMethod: () => hasSeveralSignIns(redis),
  });
  return {
    async find(identifier) {
      const { domain, id } = readIdentifier(identifier);
      const idByDomain = await findByEmailDomain(redis, domain);
      const tenant = await readTenant(redis, domain === '' ? id : (idByDomain ?? ''));
      return tenant?.status === 'active' || tenant?.status === 'suspended' ? tenant : undefined;
    },
    hasSeveralSignIns: async () => (await several.fetch('several')) ?? false,
  };
}

/** Both in the form that they are stored in; '' where there is none. */
function readIdentifier(identifier: string): { domain: string; id: string } {
  const text = identifier.trim().toLowerCase();
  const at = text.lastIndexOf('@');
  return at < 0 ? { domain: '', id: text } : { domain: domainToASCII(text.slice(at + 1)), id: '' };
}
