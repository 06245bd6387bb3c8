/** Streams the file to the server. Uses node:http, because fetch loses an answer that arrives before the file is sent. */
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Transform, Writable, type Readable } from 'node:stream';
import { arrayBuffer } from 'node:stream/consumers';
import { constants, createGzip } from 'node:zlib';
import type { Api } from './api.ts';
import { explainNetwork } from './explain-network.ts';
import { explainProblem } from './explain-problem.ts';
import { Failure } from './exit-codes.ts';
import type { Format } from './input-file.ts';

export interface Upload {
  source: Readable;
  format: Format;
  charset: string | undefined;
  /** `packed`: the file is gzip already. */
  gzip: 'packed' | 'pack' | 'no';
  query: URLSearchParams;
  /** undefined: a dry run, which has no effect. */
  idempotencyKey: string | undefined;
  /** Number of bytes read from the source that have been sent to the server. */
  onSent(bytes: number): void;
}

const mediaTypes: Record<Format, string> = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  json: 'application/json',
};

/** Idle timeout: the server answers when every row is stored, which takes a while. */
const IDLE_TIMEOUT_MS = 600_000;

/** Read-ahead of the network. */
const AHEAD_BYTES = 262_144;

/** @returns the answer's body @throws Failure */
export async function upload(api: Api, what: Upload): Promise<unknown> {
  const query = what.query.size > 0 ? `?${what.query.toString()}` : '';
  const url = new URL(`${api.url}/v1/user-imports${query}`);
  const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    method: 'POST',
    signal: api.signal,
    headers: {
      authorization: api.authorization,
      accept: 'application/json, application/problem+json',
      'content-type': mediaTypes[what.format] + (what.charset ? `; charset=${what.charset}` : ''),
    },
  });
  if (what.idempotencyKey) request.setHeader('idempotency-key', what.idempotencyKey);
  if (what.gzip !== 'no') request.setHeader('content-encoding', 'gzip');
  request.setTimeout(IDLE_TIMEOUT_MS, () => request.destroy(new Error('TIMEOUT')));
  let response: Response;
  try {
    response = await toResponse(await send(request, what));
    request.destroy();
  } catch (error) {
    throw explainNetwork(api.url, error) ?? error;
  }
  if (response.ok) return response.json();
  throw await explainProblem(api.url, response);
}

function send(request: ClientRequest, what: Upload): Promise<IncomingMessage> {
  const { source, gzip } = what;
  let read = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      read += chunk.length;
      done(null, chunk);
    },
  });
  // A request buffers what it cannot send yet, even before there is a connection: count only what has left.
  const network = new Writable({
    highWaterMark: AHEAD_BYTES,
    write(chunk: Buffer, _encoding, done) {
      request.write(chunk, (error) => {
        if (!error) what.onSent(read);
        done(error);
      });
    },
    final(done) {
      request.end(done);
    },
  }).on('error', () => undefined);
  // Speed before size: the network should be the bottleneck, not compression.
  const packer = gzip === 'pack' ? createGzip({ level: constants.Z_BEST_SPEED }) : undefined;
  return new Promise((resolve, reject) => {
    const stop = () => {
      source.destroy();
      count.destroy();
      packer?.destroy();
      network.destroy();
    };
    source.on('error', (cause) => {
      reject(new Failure('usage', [`The file could not be read to its end: ${cause.message}`], { cause }));
      request.destroy();
    });
    request.on('error', (error) => {
      reject(error);
      stop();
    });
    request.on('response', (answer) => {
      // Often long before the end of the file: the rest of it is not needed.
      if (!request.writableFinished) stop();
      resolve(answer);
    });
    const bytes = source.pipe(count);
    (packer ? bytes.pipe(packer) : bytes).pipe(network);
  });
}

async function toResponse(answer: IncomingMessage): Promise<Response> {
  const headers = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  // Both are always set on a received answer.
  const { statusCode: status = 502, statusMessage: statusText = '' } = answer;
  return new Response(await arrayBuffer(answer), { status, statusText, headers });
}
