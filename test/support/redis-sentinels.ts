/** A master, a replica, and three sentinels that watch them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from '../../src/start/ports.ts';
import { until } from './api-keys.ts';
import { redisServer, type RedisServer } from './redis-server.ts';

export interface WatchedRedis {
  url: string;
  first: RedisServer;
  second: RedisServer;
  /** Port of the current master, as the sentinels say. */
  masterPort(): Promise<number>;
  /** A planned failover. */
  failOver(): Promise<void>;
  stop(): Promise<void>;
}

const GROUP = 'trivium';

export async function watchedRedis(): Promise<WatchedRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'trivium-sentinels-'));
  const keeping = ['--appendonly', 'yes'];
  const first = await redisServer(keeping);
  const second = await redisServer([...keeping, '--replicaof', '127.0.0.1', String(first.port)]);
  await until(async () => (await second.admin.info('replication')).includes('master_link_status:up'));
  const sentinels: RedisServer[] = [];
  for (let i = 0; i < 3; i += 1) {
    const port = await anyFreePort();
    const file = join(folder, `${i}.conf`);
    const lines = [
      `port ${port}`,
      'bind 127.0.0.1',
      `dir ${folder}`,
      `logfile ${i}.log`,
      `sentinel monitor ${GROUP} 127.0.0.1 ${first.port} 2`,
      `sentinel down-after-milliseconds ${GROUP} 2000`,
      `sentinel failover-timeout ${GROUP} 10000`,
    ];
    await writeFile(file, `${lines.join('\n')}\n`);
    sentinels.push(await redisServer([file, '--sentinel'], { port, folder, isSentinel: true }));
  }
  const [one] = sentinels;
  const ask = async (...args: string[]) => (await one!.admin.call('SENTINEL', ...args)) as string[];
  await until(async () => {
    const facts = (await ask('MASTER', GROUP)).join(' ');
    return /num-slaves 1 /.test(facts) && /num-other-sentinels 2 /.test(facts);
  });
  const masterPort = async () => Number((await ask('GET-MASTER-ADDR-BY-NAME', GROUP))[1]);
  return {
    url: `redis-sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${GROUP}`,
    first,
    second,
    masterPort,
    failOver: async () => {
      const before = await masterPort();
      await ask('FAILOVER', GROUP);
      await until(async () => (await masterPort()) !== before);
    },
    stop: async () => {
      await Promise.all([...sentinels, first, second].map((server) => server.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
