/** What must hold in the registry at the moment at which keys change. */
import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Redis } from 'ioredis';
import { Problem } from '../../src/problem.ts';
import { connectForWaiting } from '../../src/redis/connections.ts';
import {
  changeApiKeys,
  countApiKeys,
  entryOf,
  readApiKey,
  type ChangeConditions,
} from '../../src/registry/api-keys.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';
import { removeApiKey, unlinked } from '../../src/registry/remove-api-key.ts';
import { world, WORLD_MS } from '../support/world.ts';

const TENANT = 'globex';

describe('API keys in the registry', () => {
  let redis: Redis;
  const entered: string[] = [];
  before(async function () {
    this.timeout(WORLD_MS);
    redis = connectForWaiting((await world()).redis);
  });
  afterEach(async () => {
    for (const id of entered.splice(0)) await removeApiKey(redis, id);
  });
  after(() => redis.disconnect());

  const aKey = (more: Partial<ApiKeyClient> = {}): ApiKeyClient => {
    const client_id = `registry-${randomUUID()}`;
    entered.push(client_id);
    const created_at = new Date().toISOString();
    return { kind: 'tenant', client_id, tenant_id: TENANT, name: 'A key', scopes: [], created_at, ...more };
  };
  const enter = async (key: ApiKeyClient, conditions: ChangeConditions = {}) =>
    changeApiKeys(redis, TENANT, [entryOf(key)], conditions);
  const stored = async (more: Partial<ApiKeyClient> = {}) => {
    const key = aKey(more);
    expect(await enter(key)).to.equal(true);
    return (await readApiKey(redis, key.client_id))!;
  };
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof Problem ? error.code : 'no problem'),
    );
  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

  it('are entered for a key that is as it was read', async () => {
    expect(await enter(aKey(), { by: await stored() })).to.equal(true);
    expect(await enter(aKey(), { by: await stored({ expires_at: inSeconds(60) }) })).to.equal(true);
  });

  it('are not entered for a key that changed since it was read', async () => {
    const by = await stored();
    const child = aKey();
    const retires_at = inSeconds(60);
    await changeApiKeys(redis, TENANT, [
      { clientId: by.key.client_id, from: by.text, to: { ...by.key, retires_at } },
    ]);
    expect(await enter(child, { by })).to.equal(false);
    expect(await readApiKey(redis, child.client_id)).to.equal(undefined);
  });

  it('are not entered for a key that is gone, or whose time is over', async () => {
    const gone = await stored();
    await removeApiKey(redis, gone.key.client_id);
    const over = [
      gone,
      await stored({ expires_at: inSeconds(-1) }),
      await stored({ expires_at: inSeconds(60), retires_at: inSeconds(-1) }),
    ];
    for (const by of over) {
      const child = aKey();
      expect(await codeOf(enter(child, { by }))).to.equal('beyond_own_bounds');
      expect(await readApiKey(redis, child.client_id)).to.equal(undefined);
    }
  });

  it('count when they are more than before, and not when one takes the place of another', async () => {
    const old = await stored();
    const limit = await countApiKeys(redis, TENANT);
    expect(await codeOf(enter(aKey(), { limit }))).to.equal('api_key_limit_reached');
    const change = {
      clientId: old.key.client_id,
      from: old.text,
      to: { ...old.key, retires_at: inSeconds(60) },
    };
    expect(await codeOf(changeApiKeys(redis, TENANT, [change, entryOf(aKey())], { limit }))).to.equal(
      'api_key_limit_reached',
    );
    expect((await readApiKey(redis, old.key.client_id))!.text, 'all or none').to.equal(old.text);
    const inPlace = [{ ...change, to: undefined }, entryOf(aKey())];
    expect(await changeApiKeys(redis, TENANT, inPlace, { limit })).to.equal(true);
    expect(await countApiKeys(redis, TENANT)).to.equal(limit);
    // Below a limit that was lowered, nothing that does not add is refused.
    const next = await readApiKey(redis, inPlace[1]!.clientId);
    const again = [{ clientId: next!.key.client_id, from: next!.text, to: undefined }, entryOf(aKey())];
    expect(await changeApiKeys(redis, TENANT, again, { limit: 1 })).to.equal(true);
  });

  it('stay within the limit, however many are entered at once', async () => {
    const limit = (await countApiKeys(redis, TENANT)) + 3;
    const results = await Promise.all(Array.from({ length: 20 }, () => codeOf(enter(aKey(), { limit }))));
    expect(results.filter((result) => result === 'done')).to.have.length(3);
    expect(await countApiKeys(redis, TENANT)).to.equal(limit);
  });

  it('retire when their successor goes, or live on: as whoever removes it says', async () => {
    const retires_at = inSeconds(60);
    for (const isKept of [true, false]) {
      const [old, successor] = [aKey(), aKey()];
      await changeApiKeys(redis, TENANT, [
        entryOf({ ...old, replaced_by: successor.client_id, retires_at }),
        entryOf({ ...successor, replaces: old.client_id }),
      ]);
      const revisePartner = (partner: ApiKeyClient) => Promise.resolve({ as: unlinked(partner) });
      await removeApiKey(redis, successor.client_id, isKept ? { revisePartner } : {});
      const { key } = (await readApiKey(redis, old.client_id))!;
      expect(key).to.deep.equal(isKept ? { ...old, retires_at } : old);
    }
  });
});
