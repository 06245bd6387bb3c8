/** Enters a client of any kind, whatever was there before. */
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { ANY, changeApiKeys } from './api-keys.ts';
import { announce } from './changes.ts';
import type { RegisteredClient } from './clients.ts';
import { changeWebApp } from './web-apps.ts';

export async function saveClient(redis: Redis, client: RegisteredClient): Promise<void> {
  if (client.kind === 'tenant') {
    await changeApiKeys(redis, client.tenant_id, [{ clientId: client.client_id, from: ANY, to: client }]);
    return;
  }
  if (client.kind === 'user') return changeWebApp(redis, client.client_id, client);
  const writes = redis.multi().hset(keys.clients, client.client_id, JSON.stringify(client));
  announce(writes, 'client', client.client_id);
  await writes.exec();
}

/** A third-party app: refused at once, whatever token it holds. */
export async function removeApp(redis: Redis, clientId: string): Promise<void> {
  const writes = redis.multi().hdel(keys.clients, clientId);
  announce(writes, 'client', clientId);
  await writes.exec();
}
