/**
 * The process that asks a server at a steady pace, whether or not it keeps up: reads its task from standard input, and
 * prints the times that answers took, from when each request was due.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { Pool } from 'undici';
import { quantile } from './quantile.ts';

export interface PacedTask {
  url: string;
  headers: Record<string, string>;
  perSecond: number;
  seconds: number;
}

/** Answers before the first of these are not counted: connections are opened in them. */
const FIRST_MS = 300;
const CONNECTIONS = 64;

const { url, headers, perSecond, seconds } = JSON.parse(await text(process.stdin)) as PacedTask;
const { origin, pathname: path } = new URL(url);
const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 });
const taken: number[] = [];
const requests: Promise<void>[] = [];
const began = performance.now();

async function ask(due: number): Promise<void> {
  const { statusCode, body } = await pool.request({ path, method: 'GET', headers });
  await body.dump();
  if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`);
  if (due > FIRST_MS) taken.push(performance.now() - began - due);
}

const all = perSecond * seconds;
for (let sent = 0; sent < all;) {
  const due = Math.min(all, ((performance.now() - began) / 1000) * perSecond);
  while (sent < due) {
    requests.push(ask((sent / perSecond) * 1000));
    sent += 1;
  }
  await delay(1);
}
await Promise.all(requests);
await pool.close();
console.log(JSON.stringify({ p99: quantile(taken, 0.99), p50: quantile(taken, 0.5) }));
