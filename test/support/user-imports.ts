/** User imports, sent and followed to their end. */
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { openImportJobsQueue, openUserImportQueue } from '../../src/redis/queues.ts';
import { until } from './api-keys.ts';
import { management } from './authority.ts';
import { call } from './client.ts';
import { world } from './world.ts';

/** A query that asks for the authority's import jobs. */
export const BY_JOBS = '?channel=import_jobs';
/** Of a password, as a row may have one (bcrypt). */
export const HASH = '$2b$10$CwTycUXWue0Thq9StjUM0uJ8kWg1sQ1e8v9nJ3bZ5QJqE7Q1m9F6a';

export interface ToldRow {
  row: number;
  status: string;
  email?: string;
  user_id?: string;
  error?: { code: string };
}

/** @returns the import's path */
export async function sendImport(rows: readonly object[], query: string, as: string): Promise<string> {
  const created = await call('POST', `/v1/user-imports${query}`, {
    as,
    body: rows.map((row) => JSON.stringify(row)).join('\n'),
    headers: { 'content-type': 'application/x-ndjson' },
  });
  expect(created.status, JSON.stringify(created.body)).to.equal(202);
  return created.headers.get('location')!;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- as of `call`
export async function whenCompleted(path: string, as: string): Promise<any> {
  await until(async () => (await call('GET', path, { as })).body.status === 'completed');
  return (await call('GET', path, { as })).body;
}

export async function toldRows(path: string, as: string): Promise<ToldRow[]> {
  const rows: ToldRow[] = [];
  for (let next: string | undefined = `${path}/rows?limit=300`; next;) {
    const page = await call('GET', next, { as });
    rows.push(...(page.body.rows as ToldRow[]));
    next = /<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1];
  }
  return rows;
}

/** Ids of the users whose email begins so, as the authority knows them; at most a thousand. */
export async function idsAtAuthority(emailPrefix: string): Promise<string[]> {
  const sdk = await management();
  const ids: string[] = [];
  for (let page = 0; page < 10; page += 1) {
    const query = { q: `email:${emailPrefix}*`, page, per_page: 100, sort: 'created_at:1' };
    const { data } = await sdk.users.list(query);
    ids.push(...data.map(({ user_id }) => user_id!));
    if (data.length < 100) break;
  }
  return ids.sort();
}

export const idsOf = (rows: readonly ToldRow[]): string[] =>
  rows.flatMap(({ status, user_id }) => (status === 'created' ? [user_id!] : [])).sort();

/** Until no worker has anything of an import in hand: what was under way before a pause is over. */
export async function whenWorkersRest(): Promise<void> {
  const redis = connectForWaiting((await world()).redis);
  const queues = [openUserImportQueue(redis), openImportJobsQueue(redis)];
  await until(async () => {
    const counts = await Promise.all(queues.map((queue) => queue.getActiveCount()));
    return counts.every((count) => count === 0);
  });
  await Promise.all(queues.map((queue) => queue.close()));
  redis.disconnect();
}

/** For tests that count calls: until nothing is under way of what other tests began. One that stands still for longer makes no calls. */
export async function whenNoneIsUnderWay(patienceMs = 30_000): Promise<void> {
  const end = Date.now() + patienceMs;
  const redis = new Redis((await world()).redis);
  try {
    await until(async () => {
      if (Date.now() > end) return true;
      const ids = await redis.smembers(keys.openImports);
      const statuses = await Promise.all(ids.map((id) => redis.hget(keys.userImport(id), 'status')));
      return !statuses.some((status) => status === 'queued' || status === 'running');
    });
  } finally {
    redis.disconnect();
  }
}
