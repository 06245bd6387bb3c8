/**
 * A tenant's own API keys: what can be done to them without the authority. A key that is removed is refused by every process within a
 * second; its client at the authority is deleted by a relay job, and by the upkeep if that one is lost.
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
import { createUserMarks, type UserMarks } from '../registry/user-marks.ts';
import { deleteClient } from '../relay/delete-client.ts';
import type { Relay } from '../relay/relay.ts';
import { boundsOf, boundsOfMaker, readMaker, type Maker } from './maker.ts';

export type UsedApiKey = ApiKeyClient & ApiKeyUse;

/** Whose request changes something, and the event that tells of it in the same transaction. */
export interface ChangedBy {
  maker: Maker;
  requestId: string;
  event: PendingEvent;
}

/**
 * A key that lives on after all gets back the time that its rotation took from it.
 * @throws Problem `beyond_own_bounds`: it is the one that asks for it, or may more than that one
 */
function checkRevival(revived: ApiKeyClient, by: StoredApiKey | undefined): void {
  if (by?.key.client_id === revived.client_id)
    throw new Problem('beyond_own_bounds', { internal: 'it would revive itself' });
  checkWithin(boundsOf(revived), boundsOfMaker(by));
}

/** Everything of one tenant; another one's key is none. */
export class ApiKeyAdministration {
  readonly #redis: Redis;
  readonly #relay: Relay;
  readonly #marks: UserMarks;

  constructor(redis: Redis, relay: Relay) {
    this.#redis = redis;
    this.#relay = relay;
    this.#marks = createUserMarks(redis);
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
   * The key whose bounds bound what somebody makes.
   * @returns undefined for a user
   * @throws Problem `beyond_own_bounds` when it is a key that is gone, or whose time is over
   */
  readMaker(tenantId: string, maker: Maker): Promise<StoredApiKey | undefined> {
    return readMaker((clientId) => readApiKey(this.#redis, clientId), tenantId, maker);
  }

  /**
   * Deletes the client of a key that the registry does not have any more: soon, and without waiting for it. When that cannot be asked
   * for, the upkeep does it, and until then the account holds one client more.
   */
  deleteClient(tenantId: string, clientId: string, requestId: string): Promise<void> {
    return deleteClient(this.#relay, { operationId: 'deleteApiKey', tenantId, clientId, requestId });
  }

  /**
   * @returns false when there is no such key
   * @throws Problem `beyond_own_bounds`: the key that it replaces would live on, and for longer than the one that asks for it may
   */
  async remove(tenantId: string, clientId: string, { maker, requestId, event }: ChangedBy): Promise<boolean> {
    if (!(await this.#readOwn(tenantId, clientId))) return false;
    const leave = async (partner: ApiKeyClient) => {
      const as = alone(partner);
      if (partner.retires_at === undefined) return { as };
      const by = await this.readMaker(tenantId, maker);
      checkRevival(as, by);
      return { as, by };
    };
    const removed = await event.commit((text) =>
      removeApiKey(this.#redis, clientId, { tell: () => text(), leave }),
    );
    if (!removed) return false;
    // What it had asked for and nobody has begun is not done.
    await this.#marks.deleted(clientId);
    await this.deleteClient(tenantId, clientId, requestId);
    return true;
  }

  /**
   * @returns the key that lives on; `unknown`, or `no rotation` when the key is not being replaced
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
      if (keep === 'old') checkRevival(kept, by);
      const changes = [
        { clientId: stays.key.client_id, from: stays.text, to: kept },
        { clientId: goes.key.client_id, from: goes.text, to: undefined },
      ];
      const isChanged = await event.commit((text) =>
        changeApiKeys(this.#redis, tenantId, changes, { told: [text()], by }),
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
