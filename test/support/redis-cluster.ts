/** A Redis Cluster of three masters with a replica each, all on this machine. */
import { until } from './api-keys.ts';
import { redisServer, type RedisServer } from './redis-server.ts';

export interface RedisCluster {
  url: string;
  masters: RedisServer[];
  replicas: RedisServer[];
  stop(): Promise<void>;
}

/** First slot of each master, and the end: {relay}, {registry} and {trivium} are on three of them, which thirds would not do. */
const BOUNDS = [0, 2_500, 4_000, 16_384];
const MASTERS = BOUNDS.length - 1;

/** Index of the master that has a slot at the beginning. */
export const masterOfSlot = (slot: number): number => BOUNDS.findLastIndex((bound) => bound <= slot);

export async function redisCluster(): Promise<RedisCluster> {
  const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000', '--appendonly', 'yes'];
  const all = await Promise.all(Array.from({ length: 2 * MASTERS }, () => redisServer(settings)));
  const stop = async () => void (await Promise.all(all.map((one) => one.stop())));
  try {
    const [masters, replicas] = [all.slice(0, MASTERS), all.slice(MASTERS)];
    for (const [i, { admin }] of masters.entries()) {
      const [from, to] = BOUNDS.slice(i);
      await admin.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to! - 1));
      await admin.call('CLUSTER', 'SET-CONFIG-EPOCH', String(i + 1));
    }
    for (const { port } of all.slice(1))
      await all[0]!.admin.call('CLUSTER', 'MEET', '127.0.0.1', String(port));
    const known = async () => (await Promise.all(all.map(({ admin }) => admin.cluster('NODES')))).map(String);
    await until(async () => (await known()).every((text) => text.trim().split('\n').length === all.length));
    for (const [i, { admin }] of replicas.entries()) {
      const id = String(await masters[i]!.admin.call('CLUSTER', 'MYID'));
      await admin.call('CLUSTER', 'REPLICATE', id);
    }
    const info = async () => (await Promise.all(all.map(({ admin }) => admin.cluster('INFO')))).map(String);
    await until(async () => (await info()).every((text) => text.includes('cluster_state:ok')));
    await until(async () =>
      (await Promise.all(replicas.map(({ admin }) => admin.info('replication')))).every((text) =>
        text.includes('master_link_status:up'),
      ),
    );
    const url = `redis-cluster://${masters.map(({ port }) => `127.0.0.1:${port}`).join(',')}`;
    return { url, masters, replicas, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
