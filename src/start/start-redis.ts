/** A Redis server of our own, as a child: durable as in production, in its own folder, on its own port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connectForWaiting, untilReady } from '../redis/connections.ts';
import { endWithUs } from './end-with-us.ts';
import { findRedis } from './find-redis.ts';
import { isFree } from './ports.ts';

export interface StartedRedis {
  url: string;
  /** undefined: it was there already. */
  pid: number | undefined;
  /** Settles when it ends, however. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

interface Where {
  folder: string;
  port: number;
  /** Where an earlier one in this folder listened, if there was one. */
  lastPort?: number | undefined;
}

const GRACE_SECONDS = 5;

/** @throws Error when none can be found or it does not answer */
export async function startRedis({ folder, port, lastPort }: Where): Promise<StartedRedis> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (lastPort !== undefined) await endOrphan(folder, lastPort);
  const server = await findRedis();
  const child = spawn(
    server.command,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'yes',
      '--appendfsync',
      'everysec',
      '--maxmemory-policy',
      'noeviction',
      '--logfile',
      'redis.log',
      '--daemonize',
      'no',
    ],
    // A process group of its own: Ctrl-C reaches us, and we stop it after those who still write to it.
    { env: server.env, stdio: 'ignore', detached: true },
  );
  // Without it API and worker would wait in vain for what they still have to write down.
  endWithUs(child, GRACE_SECONDS);
  const ended = once(child, 'exit').then(() => undefined);
  const url = `redis://127.0.0.1:${port}`;
  const connection = connectForWaiting(url);
  connection.on('error', () => undefined);
  try {
    await Promise.race([
      untilReady(connection),
      ended.then(() => Promise.reject(new Error(`Redis ended at once; see ${folder}/redis.log`))),
    ]);
  } finally {
    connection.disconnect();
  }
  return {
    url,
    pid: child.pid,
    ended,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Two servers must never write one append-only file: one that outlived a killed `npm start` is ended first. */
async function endOrphan(folder: string, port: number): Promise<void> {
  if (await isFree(port)) return;
  const connection = connectForWaiting(`redis://127.0.0.1:${port}`);
  connection.on('error', () => undefined);
  try {
    await untilReady(connection, 2_000);
    const [, dir] = await connection.config('GET', 'dir');
    if (dir !== folder) return;
    const closed = once(connection, 'close');
    // It answers by hanging up.
    await Promise.race([connection.shutdown('NOSAVE'), closed]);
  } catch {
    // Somebody else's program listens there: no orphan of ours.
  } finally {
    connection.disconnect();
  }
}
