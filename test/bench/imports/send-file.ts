/** `send-file URL FILE`, the credential in `AUTHORIZATION`: uploads as quickly as the API takes it, from a process of its own. */
import { createReadStream, statSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';

const [url, file] = process.argv.slice(2) as [string, string];
const started = performance.now();
const upload = request(url, {
  method: 'POST',
  headers: {
    authorization: process.env['AUTHORIZATION']!,
    'content-type': 'application/x-ndjson',
    'content-length': statSync(file).size,
  },
});
const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
await pipeline(createReadStream(file, { highWaterMark: 262_144 }), upload);
const [response] = await answered;
const body = await text(response);
const seconds = (performance.now() - started) / 1000;
if (response.statusCode !== 202) throw new Error(`upload: ${response.statusCode} ${body}`);
console.log(JSON.stringify({ location: response.headers.location, seconds }));
