/** Many open WebSocket connections: what they take, and how soon all of them end when their key is deleted. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment } from '../../../src/start/deployment.ts';
import { startProcess, type StartedProcess } from '../../../src/start/processes.ts';
import { accessToken } from '../../../src/start/sign-in.ts';
import { basic } from '../../support/basic-credential.ts';
import { BUILD } from '../build.ts';
import type { Measure } from '../measure.ts';
import { PREFIX } from './declaration.ts';
import { isMeasurable, residentMemory } from './resident-memory.ts';
import type { WebSocketsOutcome, WebSocketsTask } from './web-sockets-process.ts';

const CONNECTIONS = 10_000;
/** Two, as each connection takes two file descriptors, and many systems give a process 20,000 of them or fewer. */
const PROCESSES = 2;
const CLOSED_TARGET_SECONDS = 1;
/** Of one process. */
export const WEB_SOCKET_LIMITS = { STREAMS_PER_PRINCIPAL: '10000', STREAMS_PER_TENANT: '100000' };

export async function manyWebSockets(deployment: Deployment): Promise<Measure[]> {
  const apis: StartedProcess[] = [];
  try {
    for (let n = 0; n < PROCESSES; n += 1) apis.push(await deployment.startApi(`api-for-sockets-${n}`));
    const key = await newKey(deployment);
    for (const { url } of apis) await callOnce(`${url}${PREFIX}/orders`, key.authorization);
    const memory = () => apis.reduce((sum, { pid }) => sum + residentMemory(pid), 0);
    const before = isMeasurable ? memory() : 0;
    const logFile = join(deployment.home, 'logs', 'web-sockets.log');
    const callers = await startCallers(logFile, {
      urls: apis.map(({ url }) => `${url}${PREFIX}/live`),
      authorization: key.authorization,
      connections: CONNECTIONS,
    });
    const each = isMeasurable ? (memory() - before) / CONNECTIONS : 0;
    await key.remove();
    const removedAt = Date.now();
    await callers.ended;
    const { lastClosedAt } = JSON.parse(await readFile(logFile, 'utf8')) as WebSocketsOutcome;
    return [
      ...(isMeasurable ? [memoryOf(each)] : []),
      closedWithin(Math.max(0, lastClosedAt - removedAt) / 1000),
    ];
  } finally {
    await Promise.all(apis.map((api) => api.stop()));
  }
}

const memoryOf = (each: number): Measure => ({
  name: 'websockets_10000_rss_mib_each',
  value: each,
  unit: 'MiB',
  target: null,
  baseline: `resident memory of ${PROCESSES} processes, before and after`,
  runs: [each],
});

const closedWithin = (seconds: number): Measure => ({
  name: 'websockets_10000_closed_seconds',
  value: seconds,
  unit: 's',
  target: CLOSED_TARGET_SECONDS,
  bound: 'at most',
  baseline: 'from the answer that says that the key is deleted to the last close',
  runs: [seconds],
});

const startCallers = (logFile: string, task: WebSocketsTask) =>
  startProcess({
    name: 'web-sockets',
    file: 'test/bench/gateway/web-sockets-process.ts',
    build: BUILD,
    env: { BENCH_TASK: JSON.stringify(task) },
    logFile,
  });

interface Key {
  authorization: string;
  remove: () => Promise<void>;
}

async function newKey({ api, authority, audience, tenants }: Deployment): Promise<Key> {
  const tenant = tenants[0]!;
  const admin = tenant.users.find(({ roles }) => roles.includes('admin'))!;
  const token = await accessToken({
    authority,
    audience,
    clientId: tenant.spa_client_id,
    redirectUri: tenant.spa_redirect_uri,
    scope: 'openid profile email',
    organization: tenant.organization,
    email: admin.email,
    password: admin.password,
  });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const keys = `${api}/v1/tenant/api-keys`;
  const body = JSON.stringify({ name: 'WebSockets', scopes: ['read:orders'] });
  const made = await answered(await fetch(keys, { method: 'POST', headers, body }));
  const { client_id, client_secret } = (await made.json()) as { client_id: string; client_secret: string };
  return {
    authorization: basic(client_id, client_secret),
    remove: async () =>
      void (await answered(await fetch(`${keys}/${client_id}`, { method: 'DELETE', headers }))),
  };
}

async function callOnce(url: string, authorization: string): Promise<void> {
  await (await answered(await fetch(url, { headers: { authorization } }))).text();
}

async function answered(response: Response): Promise<Response> {
  if (response.ok) return response;
  throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
}
