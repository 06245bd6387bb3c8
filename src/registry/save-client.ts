/** Enters a client of any kind, whatever was there before. */
import type { Redis } from 'ioredis';
import { keys } from '../redis/keys.ts';
import { ANY, changeApiKeys } from './api-keys.ts';
import { announce, tellIn } from './changes.ts';
import type { RegisteredClient } from './clients.ts';
import { changeWebApp } from './web-apps.ts';

/** @param event that tells of it, as text */
export async function saveClient(redis: Redis, client: RegisteredClient, event?: string): Promise<void> {
  if (client.kind === 'tenant') {
    const change = { clientId: client.client_id, from: ANY, to: client };
    await changeApiKeys(redis, client.tenant_id, [change], { told: event === undefined ? [] : [event] });
    return;
  }
  if (client.kind === 'user') return changeWebApp(redis, client.client_id, client, event);
  const writes = redis.multi().hset(keys.clients, client.client_id, JSON.stringify(client));
  announce(writes, 'client', client.client_id);
  if (event !== undefined) tellIn(writes, event);
  await writes.exec();
}
