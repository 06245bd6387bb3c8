import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';

interface Client {
  client_id: string;
  created_at: string;
}

/** The single-page app of a tenant: tokens issued to it make a user principal. */
export interface UserClient extends Client {
  kind: 'user';
  tenant_id: string;
  /** Origins whose pages may call the API (CORS). */
  origins: string[];
}

/** An API key. */
export interface TenantClient extends Client {
  kind: 'tenant';
  tenant_id: string;
  name: string;
}

/** A third-party app; its tenant is that of the user whom it acts for. */
export interface AppClient extends Client {
  kind: 'app';
  name: string;
}

export type RegisteredClient = UserClient | TenantClient | AppClient;

export async function saveClient(redis: Redis, client: RegisteredClient): Promise<void> {
  const writes = redis.multi().hset(keys.clients, client.client_id, JSON.stringify(client));
  if (client.kind === 'user') {
    for (const origin of client.origins) writes.hset(keys.origins, origin, client.client_id);
  }
  await writes.exec();
}

export async function readClient(redis: Redis, clientId: string): Promise<RegisteredClient | undefined> {
  const text = await redis.hget(keys.clients, clientId);
  return text === null ? undefined : (JSON.parse(text) as RegisteredClient);
}

export async function readOrigin(redis: Redis, origin: string): Promise<string | undefined> {
  return (await redis.hget(keys.origins, origin)) ?? undefined;
}
