/**
 * Notices that Redis was set back by other means than `npm run restore`, such as a provider's snapshot. A time is kept in Redis and, one
 * interval later, in the metadata of the workers' client at Auth0: when the one there is newer, Redis has lost at least an interval. What a
 * failover may lose is less.
 */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import type { Log } from '../../src/log.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { isRegistryLost } from '../../src/registry/client-store.ts';
import {
  beginElsewhere,
  epochOf,
  epochText,
  isUnconfirmed,
  readEpoch,
  readRestore,
  saveEpoch,
  type Epoch,
} from '../../src/restore/restored-state.ts';

export interface EpochParts {
  redis: Redis;
  management: Pick<Management, 'readClient' | 'updateClient'>;
  /** The workers' own. */
  clientId: string;
  log: Log;
}

/** Its name in the metadata. */
const NAME = 'trivium_epoch';

const readTheirs = async ({ management, clientId }: EpochParts): Promise<Epoch | undefined> =>
  epochOf((await management.readClient(clientId))?.client_metadata?.[NAME]);

/** Begins a restore where Redis was set back. Of another registry on the same account nothing follows. @returns whether it was */
export async function noticeSetBack(parts: EpochParts): Promise<boolean> {
  const { redis, log } = parts;
  if (isUnconfirmed(await readRestore(redis))) return false;
  const [ours, theirs] = [await readEpoch(redis), await readTheirs(parts)];
  // A registry that was lost is made anew.
  if (!ours || ours.id !== theirs?.id || ours.at >= theirs.at || (await isRegistryLost(redis))) return false;
  log.error(
    { redis: ours.at, auth0: theirs.at },
    'Redis is older than what was noted at Auth0: it was set back',
  );
  return beginElsewhere(redis);
}

/** The periodic chore. */
export async function advanceEpoch(parts: EpochParts): Promise<void> {
  const { redis, management, clientId } = parts;
  if ((await noticeSetBack(parts)) || isUnconfirmed(await readRestore(redis))) return;
  const ours = await readEpoch(redis);
  if (ours) await management.updateClient(clientId, { client_metadata: { [NAME]: epochText(ours) } });
  await saveEpoch(redis, { id: ours?.id ?? randomUUID(), at: Math.max(redisNow(), (ours?.at ?? 0) + 1) });
}

/** After a restore, Redis is the newer one again. */
export async function renewEpoch(parts: EpochParts): Promise<void> {
  const [ours, theirs] = [await readEpoch(parts.redis), await readTheirs(parts)];
  if (ours) await saveEpoch(parts.redis, { id: ours.id, at: Math.max(redisNow(), (theirs?.at ?? 0) + 1) });
}
