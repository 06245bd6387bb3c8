/** A Redis server of a test's own, in memory, with settings of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedis } from '../../src/start/find-redis.ts';
import type { NewerServer } from './newer-redis.ts';
import { anyFreePort } from '../../src/start/ports.ts';

export interface RedisServer {
  url: string;
  port: number;
  folder: string;
  /** A plain connection, to bring it into whatever state. */
  admin: Redis;
  /** Ends it; its folder stays, for one that is started there. */
  kill(): Promise<void>;
  /** Ends it, and removes its folder when it made that. */
  stop(): Promise<void>;
}

/** @param settings as on the command line: `['--cluster-enabled', 'yes']` */
export async function redisServer(
  settings: readonly string[] = [],
  at: { port?: number; folder?: string; server?: NewerServer | undefined; isSentinel?: boolean } = {},
): Promise<RedisServer> {
  const folder = at.folder ?? (await mkdtemp(join(tmpdir(), 'trivium-redis-')));
  const port = at.port ?? (await anyFreePort());
  const { command, env, args = [] }: NewerServer = at.server ?? (await findRedis());
  const common = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--logfile', 'redis.log'];
  const child = spawn(
    command,
    [...args, ...(at.isSentinel ? settings : [...common, '--save', '', ...settings])],
    { env, stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  const admin = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, enableReadyCheck: false });
  admin.on('error', () => undefined);
  await new Promise<void>((resolve) => admin.once('ready', () => resolve()));
  const kill = async () => {
    admin.disconnect();
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    folder,
    admin,
    kill,
    stop: async () => {
      await kill();
      if (at.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
