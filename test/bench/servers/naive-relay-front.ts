/** Naive way: an HTTP server that puts each request on a plain BullMQ queue and waits for its end. Anybody may call it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Queue, QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';

const connect = () => new Redis(process.env['REDIS_URL']!, { maxRetriesPerRequest: null });
const queue = new Queue('naive-reads', { connection: connect() });
const events = new QueueEvents('naive-reads', { connection: connect() });
await events.waitUntilReady();

const server = createServer((request, response) => {
  void (async () => {
    const job = await queue.add('read', { path: request.url });
    const user: unknown = await job.waitUntilFinished(events);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(user));
  })();
}).listen(0, 'localhost', () => {
  process.send?.({ type: 'ready', url: `http://localhost:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => process.exit());
