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
import { internalFlow } from '../relay/fair-queue/flow.ts';
import { createUserMarks } from '../registry/user-marks.ts';
import type { Relay } from '../relay/relay.ts';
import { boundsOf, boundsOfMaker, readMaker, type Maker } from './maker.ts';

export type UsedApiKey = ApiKeyClient & ApiKeyUse;

/** Whose request changes something, and the event that tells of it in the same transaction. */
export interface ChangedBy {
  maker: Maker;
  requestId: string;
  event: PendingEvent;
}

/** Everything of one tenant; another one's key is none. */
export interface ApiKeyAdministration {
  list(tenantId: string): Promise<UsedApiKey[]>;
  count(tenantId: string): Promise<number>;
  get(tenantId: string, clientId: string): Promise<UsedApiKey | undefined>;
  /**
   * The key whose bounds bound what somebody makes.
   * @returns undefined for a user
   * @throws Problem `beyond_own_bounds` when it is a key that is gone, or whose time is over
   */
  readMaker(tenantId: string, maker: Maker): Promise<StoredApiKey | undefined>;
  /**
   * Deletes the client of a key that the registry does not have any more: soon, and without waiting for it. When that cannot be asked
   * for, the upkeep does it, and until then the account holds one client more.
   */
  deleteClient(tenantId: string, clientId: string, requestId: string): Promise<void>;
  /**
   * @returns false when there is no such key
   * @throws Problem `beyond_own_bounds`: the key that it replaces would live on, and for longer than the one that asks for it may
   */
  remove(tenantId: string, clientId: string, by: ChangedBy): Promise<boolean>;
  /**
   * @returns the key that lives on; `unknown`, or `no rotation` when the key is not being replaced
   * @throws Problem `beyond_own_bounds`, as `remove` does
   */
  endRotation(
    tenantId: string,
    clientId: string,
    keep: 'successor' | 'old',
    by: ChangedBy,
  ): Promise<UsedApiKey | 'unknown' | 'no rotation'>;
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

export function createApiKeyAdministration(redis: Redis, relay: Relay): ApiKeyAdministration {
  const marks = createUserMarks(redis);
  const readOwn = async (tenantId: string, clientId: string) =>
    ownedBy(tenantId, await readApiKey(redis, clientId), ({ key }) => key.tenant_id);

  const readMakerKey = (tenantId: string, maker: Maker) =>
    readMaker((clientId) => readApiKey(redis, clientId), tenantId, maker);

  async function withUse(found: readonly ApiKeyClient[]): Promise<UsedApiKey[]> {
    const use = await readUse(
      redis,
      found.map(({ client_id }) => client_id),
    );
    return found.map((key) => ({ ...key, ...(use.get(key.client_id) ?? { uses: 0 }) }));
  }

  async function deleteClient(tenantId: string, clientId: string, requestId: string): Promise<void> {
    const asked = relay.run({
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
      flow: internalFlow(tenantId),
      idempotency: undefined,
      waitMs: 0,
      signal: new AbortController().signal,
    });
    // The key opens nothing any more, whatever comes of this.
    await asked.catch(() => undefined);
  }

  return {
    list: async (tenantId) => withUse(await listApiKeys(redis, tenantId)),
    count: (tenantId) => countApiKeys(redis, tenantId),

    async get(tenantId, clientId) {
      const own = await readOwn(tenantId, clientId);
      return own && (await withUse([own.key]))[0];
    },

    readMaker: readMakerKey,
    deleteClient,

    async remove(tenantId, clientId, { maker, requestId, event }) {
      if (!(await readOwn(tenantId, clientId))) return false;
      const leave = async (partner: ApiKeyClient) => {
        const as = alone(partner);
        if (partner.retires_at === undefined) return { as };
        const by = await readMakerKey(tenantId, maker);
        checkRevival(as, by);
        return { as, by };
      };
      const removed = await event.commit((text) =>
        removeApiKey(redis, clientId, { tell: () => text(), leave }),
      );
      if (!removed) return false;
      // What it had asked for and nobody has begun is not done.
      await marks.deleted(clientId);
      await deleteClient(tenantId, clientId, requestId);
      return true;
    },

    async endRotation(tenantId, clientId, keep, { maker, requestId, event }) {
      for (;;) {
        const old = await readOwn(tenantId, clientId);
        if (!old) return 'unknown';
        const successorId = old.key.replaced_by;
        const successor = successorId === undefined ? undefined : await readOwn(tenantId, successorId);
        if (!successor) return 'no rotation';
        const [stays, goes] = keep === 'old' ? [old, successor] : [successor, old];
        const kept = alone(stays.key);
        const by = keep === 'old' ? await readMakerKey(tenantId, maker) : undefined;
        if (keep === 'old') checkRevival(kept, by);
        const changes = [
          { clientId: stays.key.client_id, from: stays.text, to: kept },
          { clientId: goes.key.client_id, from: goes.text, to: undefined },
        ];
        const isChanged = await event.commit((text) =>
          changeApiKeys(redis, tenantId, changes, { told: [text()], by }),
        );
        if (!isChanged) continue;
        await deleteClient(tenantId, goes.key.client_id, requestId);
        return (await withUse([kept]))[0]!;
      }
    },
  };
}
