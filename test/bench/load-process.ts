/** The process that puts a server under load: reads its task from standard input, and prints what came of it. */
import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';

export interface LoadTask {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  connections: number;
  /** Values of `Authorization`, in turn: each connection has its own part of them. */
  credentials?: readonly string[];
  /** Left out: until each credential was used once. */
  seconds?: number;
}

export interface LoadOutcome {
  succeeded: number;
  /** Connections that failed or timed out. */
  failed: number;
  /** Other answers by status, as ` 3 × 429`. */
  refused: string[];
  seconds: number;
}

const task = JSON.parse(await text(process.stdin)) as LoadTask;
const { url, method, headers, body, connections, credentials, seconds } = task;
let connected = 0;
const ownPart = () => {
  const part = connected++;
  return credentials!.filter((_, index) => index % connections === part);
};
const result = await autocannon({
  url,
  method,
  headers,
  connections,
  ...(body === undefined ? {} : { body, idReplacement: true }),
  ...(seconds === undefined ? { amount: credentials!.length } : { duration: seconds }),
  ...(credentials && {
    setupClient: (client) =>
      client.setRequests(ownPart().map((authorization) => ({ headers: { ...headers, authorization } }))),
  }),
});
const statuses = Object.entries(result.statusCodeStats as Record<string, { count: number }>);
const outcome: LoadOutcome = {
  succeeded: result['2xx'],
  failed: result.errors,
  refused: statuses
    .filter(([status]) => !status.startsWith('2'))
    .map(([status, { count }]) => ` ${count} × ${status}`),
  seconds: result.duration,
};
console.log(JSON.stringify(outcome));
