/** Starts a Redis server as a child process: durable as in production, with its own folder and port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connectForWaiting, untilReady } from '../redis/connections.ts';
import { endWithUs } from './end-with-us.ts';
import { findRedis } from './find-redis.ts';
import { isFree } from './ports.ts';

export interface StartedRedis {
  url: string;
  /** undefined: it was running already. */
  pid: number | undefined;
  /** Resolves when it has ended for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

interface Where {
  folder: string;
  port: number;
  /** Port of the previous server in this folder, if there was one. */
  lastPort?: number | undefined;
}

const GRACE_SECONDS = 5;

/** @throws Error when none is found or it does not answer */
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
    // A process group of its own: Ctrl-C reaches only us, and we stop it after the processes that write to it.
    { env: server.env, stdio: 'ignore', detached: true },
  );
  // API and worker still have to write when they stop, and would wait for it.
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

/** Two servers must never write one append-only file: a server that outlived a killed `npm start` is stopped first. */
async function endOrphan(folder: string, port: number): Promise<void> {
  if (await isFree(port)) return;
  const connection = connectForWaiting(`redis://127.0.0.1:${port}`);
  connection.on('error', () => undefined);
  try {
    await untilReady(connection, 2_000);
    const [, dir] = await connection.config('GET', 'dir');
    if (dir !== folder) return;
    const closed = once(connection, 'close');
    // It answers by closing the connection.
    await Promise.race([connection.shutdown('NOSAVE'), closed]);
  } catch {
    // Another program listens there, not a server of ours.
  } finally {
    connection.disconnect();
  }
}
