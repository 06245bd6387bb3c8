/** Sends one message to an endpoint, and reports the result. */
import type { IncomingMessage } from 'node:http';
import { ForbiddenAddress } from '../outside/pinned-lookup.ts';
import { requestOutside, type Reach } from '../outside/request-outside.ts';
import { readRetryAfter } from '../retry-after.ts';

export interface SendOutcome {
  /** Absent: no answer. */
  status?: number;
  /** Why there was none; `not_agreed`: the answer lacks the challenge. */
  error?: 'timeout' | 'address_refused' | 'unreachable' | 'not_agreed';
  /** For `timeout` and `unreachable`: the cause. */
  reason?: 'name' | 'connection' | 'certificate' | 'time';
  ms: number;
}

/** The result, and what to do next. */
export interface Sent extends SendOutcome {
  /** The endpoint's `Retry-After`; absent: none. */
  retryAfterMs?: number;
}

export interface SendRules extends Reach {
  /** Timeout until the answer begins, or, where its body is read, ends. */
  timeoutMs: number;
}

/** Limit for the endpoint's answer, which may be endless. */
const MAX_ANSWER_BYTES = 4_096;

/** Reads the status only, not the answer's body. */
export const send = (
  url: string,
  body: string,
  fields: Record<string, string>,
  rules: SendRules,
): Promise<Sent> => exchange(url, body, fields, rules, ignoreBody);

/** @returns also the body of a 2xx answer; '' when it is too long */
export const ask = (
  url: string,
  body: string,
  fields: Record<string, string>,
  rules: SendRules,
): Promise<Sent & { text?: string }> => exchange(url, body, fields, rules, readBody);

type Answer = Pick<Sent, 'retryAfterMs'> & {
  status: number;
  text?: string;
};
type Reader = (response: IncomingMessage) => Promise<Answer>;

async function exchange(
  url: string,
  body: string,
  fields: Record<string, string>,
  rules: SendRules,
  read: Reader,
): Promise<Sent & { text?: string }> {
  const started = performance.now();
  const signal = AbortSignal.timeout(rules.timeoutMs);
  const ms = () => Math.round(performance.now() - started);
  try {
    return { ...(await post(new URL(url), body, fields, { reach: rules, signal, read })), ms: ms() };
  } catch (error) {
    if (error instanceof ForbiddenAddress) return { error: 'address_refused', ms: ms() };
    if (signal.aborted) return { error: 'timeout', reason: 'time', ms: ms() };
    return {
      error: 'unreachable',
      reason: error instanceof Error ? reasonOf(error) : 'connection',
      ms: ms(),
    };
  }
}

/**
 * Error codes of Node and OpenSSL about certificates, or about a server that does not speak TLS (Node docs, "X509
 * certificate error codes").
 */
const CERTIFICATE =
  /CERT|SELF_SIGNED|UNABLE_TO|TLS|SSL|EPROTO|CRL|^(INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;

/** Groups Node's error codes by where the endpoint's operator has to look. */
function reasonOf({ code = '', syscall = '' }: NodeJS.ErrnoException): NonNullable<SendOutcome['reason']> {
  if (/^(query|getaddrinfo)/.test(syscall)) return 'name';
  if (CERTIFICATE.test(code)) return 'certificate';
  return code === 'ETIMEDOUT' ? 'time' : 'connection';
}

function post(
  url: URL,
  body: string,
  fields: Record<string, string>,
  { reach, signal, read }: { reach: Reach; signal: AbortSignal; read: Reader },
): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Trivium-Webhooks/1',
    ...fields,
  };
  return new Promise((resolve, reject) => {
    const request = requestOutside(url, { method: 'POST', headers, signal }, reach);
    request.on('error', reject);
    request.on('response', (response) => {
      read(response).then((answer) => resolve({ ...answer, ...askedToWait(response) }), reject);
    });
    request.end(body);
  });
}

function askedToWait({ statusCode = 0, headers }: IncomingMessage): Pick<Sent, 'retryAfterMs'> {
  return {
    retryAfterMs: statusCode < 300 ? undefined : readRetryAfter(headers['retry-after'], headers.date),
  };
}

const ignoreBody: Reader = (response) => {
  response.on('error', () => undefined).destroy();
  return Promise.resolve({ status: response.statusCode ?? 0 });
};

async function readBody(response: IncomingMessage): Promise<Answer> {
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 299) return ignoreBody(response);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > MAX_ANSWER_BYTES) return { status, text: '' };
  }
  return { status, text: Buffer.concat(chunks).toString('utf8') };
}
