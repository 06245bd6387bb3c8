/**
 * Operations on a tenant's own API keys that do not need Auth0. A removed key is refused by every process within a second; its client at
 * Auth0 is deleted by a relay job, and by the upkeep if that job is lost.
 */
import type { Redis } from 'ioredis';
import { checkWithin } from '../authorization/key-bounds.ts';
import { ownedBy } from '../authorization/tenant-boundary.ts';
import type { PendingEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import {
  changeApiKeys,
  countApiKeys,
  listApiKeys,
  readApiKey,
  readUse,
  type ApiKeyUse,
  type StoredApiKey,
} from '../registry/api-keys.ts';
import type { ApiKeyClient } from '../registry/clients.ts';
import { alone, removeApiKey } from '../registry/remove-api-key.ts';
import { markDeletedKey } from '../registry/user-marks.ts';
import { deleteClient } from '../relay/delete-client.ts';
import type { Relay } from '../relay/relay.ts';
import { boundsOf, boundsOfMaker, readMaker, type Maker } from './maker.ts';

export type UsedApiKey = ApiKeyClient & ApiKeyUse;

/** Who changes something, and the event that records it in the same transaction. */
export interface ChangedBy {
  maker: Maker;
  requestId: string;
  event: PendingEvent;
}

/**
 * Cancelling a rotation restores the expiry that the replaced key had before.
 * @throws Problem `beyond_own_bounds`: the key asks for its own restoration, or the restored key would exceed its bounds
 */
function checkRestoration(revived: ApiKeyClient, by: StoredApiKey | undefined): void {
  if (by?.key.client_id === revived.client_id)
    throw new Problem('beyond_own_bounds', { internal: 'it would restore itself' });
  checkWithin(boundsOf(revived), boundsOfMaker(by));
}

/** Keys of one tenant; keys of other tenants do not exist for it. */
export class ApiKeyAdministration {
  readonly #redis: Redis;
  readonly #relay: Relay;

  constructor(redis: Redis, relay: Relay) {
    this.#redis = redis;
    this.#relay = relay;
  }

  async list(tenantId: string): Promise<UsedApiKey[]> {
    return this.#withUse(await listApiKeys(this.#redis, tenantId));
  }

  count(tenantId: string): Promise<number> {
    return countApiKeys(this.#redis, tenantId);
  }

  async get(tenantId: string, clientId: string): Promise<UsedApiKey | undefined> {
    const own = await this.#readOwn(tenantId, clientId);
    return own && this.#oneWithUse(own.key);
  }

  /**
   * The key that makes the request: what it creates stays within its bounds.
   * @returns undefined for a user
   * @throws Problem `beyond_own_bounds` when the key was removed, or has expired
   */
  readMaker(tenantId: string, maker: Maker): Promise<StoredApiKey | undefined> {
    return readMaker((clientId) => readApiKey(this.#redis, clientId), tenantId, maker);
  }

  /**
   * Deletes the client of a key that was removed from the registry, without waiting for it. If the job cannot be submitted, the upkeep
   * deletes the client, and until then the account holds one client more.
   */
  deleteClient(tenantId: string, clientId: string, requestId: string): Promise<void> {
    return deleteClient(this.#relay, { operationId: 'deleteApiKey', tenantId, clientId, requestId });
  }

  /**
   * @returns false when there is no such key
   * @throws Problem `beyond_own_bounds`: the key that it replaces would be restored, beyond the bounds of the key that asks for it
   */
  async remove(tenantId: string, clientId: string, { maker, requestId, event }: ChangedBy): Promise<boolean> {
    if (!(await this.#readOwn(tenantId, clientId))) return false;
    const revisePartner = async (partner: ApiKeyClient) => {
      const as = alone(partner);
      if (partner.retires_at === undefined) return { as };
      const by = await this.readMaker(tenantId, maker);
      checkRestoration(as, by);
      return { as, by };
    };
    const removed = await event.commit((text) =>
      removeApiKey(this.#redis, clientId, { eventOf: () => text(), revisePartner }),
    );
    if (!removed) return false;
    // Its jobs that have not started are dropped.
    await markDeletedKey(this.#redis, clientId);
    await this.deleteClient(tenantId, clientId, requestId);
    return true;
  }

  /**
   * @returns the restored key; `unknown`, or `no rotation` when the key is not being replaced
   * @throws Problem `beyond_own_bounds`, as `remove` does
   */
  async endRotation(
    tenantId: string,
    clientId: string,
    keep: 'successor' | 'old',
    { maker, requestId, event }: ChangedBy,
  ): Promise<UsedApiKey | 'unknown' | 'no rotation'> {
    for (;;) {
      const old = await this.#readOwn(tenantId, clientId);
      if (!old) return 'unknown';
      const successorId = old.key.replaced_by;
      const successor = successorId === undefined ? undefined : await this.#readOwn(tenantId, successorId);
      if (!successor) return 'no rotation';
      const [stays, goes] = keep === 'old' ? [old, successor] : [successor, old];
      const kept = alone(stays.key);
      const by = keep === 'old' ? await this.readMaker(tenantId, maker) : undefined;
      if (keep === 'old') checkRestoration(kept, by);
      const changes = [
        { clientId: stays.key.client_id, from: stays.text, to: kept },
        { clientId: goes.key.client_id, from: goes.text, to: undefined },
      ];
      const isChanged = await event.commit((text) =>
        changeApiKeys(this.#redis, tenantId, changes, { events: [text()], by }),
      );
      if (!isChanged) continue;
      await this.deleteClient(tenantId, goes.key.client_id, requestId);
      return this.#oneWithUse(kept);
    }
  }

  async #readOwn(tenantId: string, clientId: string): Promise<StoredApiKey | undefined> {
    return ownedBy(tenantId, await readApiKey(this.#redis, clientId), ({ key }) => key.tenant_id);
  }

  async #withUse(found: readonly ApiKeyClient[]): Promise<UsedApiKey[]> {
    const use = await readUse(
      this.#redis,
      found.map(({ client_id }) => client_id),
    );
    return found.map((key) => ({ ...key, ...(use.get(key.client_id) ?? { uses: 0 }) }));
  }

  async #oneWithUse(key: ApiKeyClient): Promise<UsedApiKey> {
    const use = await readUse(this.#redis, [key.client_id]);
    return { ...key, ...(use.get(key.client_id) ?? { uses: 0 }) };
  }
}
