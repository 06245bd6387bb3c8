import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { announce, tellIn } from './changes.ts';

export interface Tenant {
  id: string;
  name: string;
  status: 'active' | 'suspended';
  /** The connection at the authority that its users live in (docs/decisions/0002). */
  connection: string;
  /** The roles that its callers may give to its users; left out, every role of the contract. */
  assignable_roles?: string[];
  /** Left out: as configured. */
  limits?: { requests_per_minute?: number; requests_per_minute_per_principal?: number };
  created_at: string;
}

/** @param event that tells of it, as text */
export async function saveTenant(redis: Redis, tenant: Tenant, event?: string): Promise<void> {
  const writes = redis.multi().hset(keys.tenants, tenant.id, JSON.stringify(tenant));
  announce(writes, 'tenant', tenant.id);
  if (event !== undefined) tellIn(writes, event);
  await writes.exec();
}

export async function readTenant(redis: Redis, id: string): Promise<Tenant | undefined> {
  const text = await redis.hget(keys.tenants, id);
  return text === null ? undefined : (JSON.parse(text) as Tenant);
}
