/** Sends or receives one long body: reads its task from standard input, and prints how long it took. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { sendBytes } from './send-bytes.ts';

export interface TransferTask {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  bytes: number;
}

const { url, method, headers, bytes } = JSON.parse(await text(process.stdin)) as TransferTask;
const sends = method === 'POST';
const described = { 'content-type': 'application/octet-stream', 'content-length': String(bytes) };
const began = performance.now();
const outgoing = request(url, {
  method,
  agent: false,
  headers: sends ? { ...headers, ...described } : headers,
});
if (sends) sendBytes(outgoing, bytes);
else outgoing.end();
const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
const passed = sends ? ((await json(answer)) as { bytes?: number }).bytes : await received(answer);
if (answer.statusCode !== 200 || passed !== bytes)
  throw new Error(`${method} ${url}: ${answer.statusCode}, ${passed} of ${bytes} bytes`);
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000 }));

async function received(stream: IncomingMessage): Promise<number> {
  let count = 0;
  stream.on('data', (chunk: Buffer) => (count += chunk.length));
  await once(stream, 'end');
  return count;
}
