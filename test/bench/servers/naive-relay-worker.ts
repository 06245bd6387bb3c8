/** Naive way: a plain BullMQ worker with its built-in limiter, which reads at the authority whatever it is told to. */
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';

const headers = { authorization: `Bearer ${process.env['BENCH_TOKEN']}` };
const worker = new Worker<{ path: string }>(
  'naive-reads',
  async ({ data }) => {
    const answer = await fetch(new URL(`api/v2${data.path}`, process.env['AUTHORITY_URL']), { headers });
    // Else a refusal would count as a quick answer.
    if (!answer.ok) throw new Error(`the authority answered ${answer.status}`);
    return answer.json();
  },
  {
    connection: new Redis(process.env['REDIS_URL']!, { maxRetriesPerRequest: null }),
    concurrency: 50,
    limiter: { max: Number(process.env['BENCH_PER_SECOND']), duration: 1_000 },
  },
);
await worker.waitUntilReady();
process.send?.({ type: 'ready' });
process.on('SIGTERM', () => process.exit());
