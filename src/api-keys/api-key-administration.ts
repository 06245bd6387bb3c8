/**
 * A tenant's own API keys: what can be done to them without the authority. A key that is removed is refused by every process within a
 * second; its client at the authority is deleted by a relay job, and by the upkeep if that one is lost.
 */
import type { Redis } from 'ioredis';
import { ownedBy } from '../authorization/tenant-boundary.ts';
import type { PendingEvent } from '../events/event.ts';
import { readUse } from '../registry/api-key-use.ts';
import type { ApiKeyUse } from '../registry/api-key-use.ts';
import {
  alone,
  changeApiKeys,
  countApiKeys,
  listApiKeys,
  readApiKey,
  removeApiKey,
} from '../registry/api-keys.ts';
import type { TenantClient } from '../registry/clients.ts';
import type { Relay } from '../relay/relay.ts';

export type UsedApiKey = TenantClient & ApiKeyUse;

/** Whose request changes something, and the event that tells of it in the same transaction. */
export interface ChangedBy {
  requestId: string;
  event: PendingEvent;
}

/** Everything of one tenant; another one's key is none. */
export interface ApiKeyAdministration {
  list(tenantId: string): Promise<UsedApiKey[]>;
  count(tenantId: string): Promise<number>;
  get(tenantId: string, clientId: string): Promise<UsedApiKey | undefined>;
  /** @returns false when there is no such key */
  remove(tenantId: string, clientId: string, by: ChangedBy): Promise<boolean>;
  /** @returns the key that lives on; `unknown`, or `no rotation` when the key is not being replaced */
  endRotation(
    tenantId: string,
    clientId: string,
    keep: 'successor' | 'old',
    by: ChangedBy,
  ): Promise<UsedApiKey | 'unknown' | 'no rotation'>;
}

export function createApiKeyAdministration(redis: Redis, relay: Relay): ApiKeyAdministration {
  const readOwn = async (tenantId: string, clientId: string) =>
    ownedBy(tenantId, await readApiKey(redis, clientId), ({ key }) => key.tenant_id);

  async function withUse(found: readonly TenantClient[]): Promise<UsedApiKey[]> {
    const use = await readUse(
      redis,
      found.map(({ client_id }) => client_id),
    );
    return found.map((key) => ({ ...key, ...(use.get(key.client_id) ?? { uses: 0 }) }));
  }

  const deleteClient = (tenantId: string, clientId: string, requestId: string) =>
    relay.run({
      operationId: 'deleteApiKey',
      tenantId,
      requestId,
      input: { clientId },
      // What its caller asked for was told with the change of the registry.
      event: undefined,
      by: undefined,
      maker: undefined,
      makerUser: undefined,
      subject: undefined,
      idempotency: undefined,
      waitMs: 0,
      signal: new AbortController().signal,
    });

  return {
    list: async (tenantId) => withUse(await listApiKeys(redis, tenantId)),
    count: (tenantId) => countApiKeys(redis, tenantId),

    async get(tenantId, clientId) {
      const own = await readOwn(tenantId, clientId);
      return own && (await withUse([own.key]))[0];
    },

    async remove(tenantId, clientId, { requestId, event }) {
      if (!(await readOwn(tenantId, clientId))) return false;
      if (!(await removeApiKey(redis, clientId, () => event.text()))) return false;
      event.taken();
      await deleteClient(tenantId, clientId, requestId);
      return true;
    },

    async endRotation(tenantId, clientId, keep, { requestId, event }) {
      for (;;) {
        const old = await readOwn(tenantId, clientId);
        if (!old) return 'unknown';
        const successorId = old.key.replaced_by;
        const successor = successorId === undefined ? undefined : await readOwn(tenantId, successorId);
        if (!successor) return 'no rotation';
        const [stays, goes] = keep === 'old' ? [old, successor] : [successor, old];
        const kept = alone(stays.key);
        const changes = [
          { clientId: stays.key.client_id, from: stays.text, to: kept },
          { clientId: goes.key.client_id, from: goes.text, to: undefined },
        ];
        if (!(await changeApiKeys(redis, tenantId, changes, [event.text()]))) continue;
        event.taken();
        await deleteClient(tenantId, goes.key.client_id, requestId);
        return (await withUse([kept]))[0]!;
      }
    },
  };
}
