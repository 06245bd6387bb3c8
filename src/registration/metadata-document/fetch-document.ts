/**
 * Fetches a document from an untrusted host (draft-ietf-oauth-client-id-metadata-document-02 sections 5 and 8): limited size and time,
 * no redirects, no compression, public addresses only.
 */
import type { IncomingMessage } from 'node:http';
import { ForbiddenAddress, type Resolve } from '../../outside/pinned-lookup.ts';
import { requestOutside } from '../../outside/request-outside.ts';
import { structureFault } from '../../contract/json-structure.ts';
import { parseMediaType } from '../../media-type.ts';
import { Problem } from '../../problem.ts';
import type { DocumentsFrom } from './document-address.ts';
import { freshForMs } from './freshness.ts';

/** As the draft recommends, and as Auth0 limits it. */
const MAX_BYTES = 5_120;
/** From the DNS lookup to the last byte. */
const TIMEOUT_MS = 5_000;

export interface FetchedDocument {
  document: Record<string, unknown>;
  /** Cache lifetime from its response headers. */
  freshMs: number;
}

interface Options {
  from: DocumentsFrom;
  resolve?: Resolve;
  timeoutMs?: number;
}

/** @throws Problem `invalid_client`: the owner of the address can fix it */
export async function fetchDocument(url: URL, options: Options): Promise<FetchedDocument> {
  try {
    const response = await get(url, options);
    return await read(response);
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof ForbiddenAddress) throw refused('is at an address that is not public', error);
    throw refused('cannot be fetched', error);
  }
}

async function get(url: URL, { from, resolve, timeoutMs }: Options): Promise<IncomingMessage> {
  return new Promise((fulfil, reject) => {
    const fields = { Accept: 'application/json', 'Accept-Encoding': 'identity', 'User-Agent': 'Trivium' };
    // The signal also ends a slow body.
    const options = { headers: fields, signal: AbortSignal.timeout(timeoutMs ?? TIMEOUT_MS) };
    const request = requestOutside(url, options, { allowsLoopback: from === 'loopback', resolve });
    request.on('response', fulfil).on('error', reject).end();
  });
}

async function read(response: IncomingMessage): Promise<FetchedDocument> {
  const { statusCode = 0, headers } = response;
  const giveUp = (why: string): never => {
    response.destroy();
    throw refused(why);
  };
  if (statusCode !== 200) giveUp(`was answered with ${statusCode} instead of 200`);
  const type = parseMediaType(headers['content-type'] ?? '');
  if (!/^application\/([a-z0-9.-]+\+)?json$/.test(type?.essence ?? '')) giveUp('is not JSON');
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') giveUp('is compressed');
  if (Number(headers['content-length'] ?? 0) > MAX_BYTES) giveUp(`is larger than ${MAX_BYTES} bytes`);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) giveUp(`is larger than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return { document: parse(Buffer.concat(chunks)), freshMs: freshForMs(headers) };
}

function parse(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isObject(value) && structureFault(value) === undefined) return value;
  } catch {
    // Reported below.
  }
  throw refused('is no JSON object');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(why: string, cause?: unknown): Problem {
  return new Problem('invalid_client', { detail: `The document at client_id ${why}.`, cause });
}
