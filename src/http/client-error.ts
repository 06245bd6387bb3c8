/** Turns errors that Node's HTTP parser would answer itself, before Koa sees a request, into problem documents. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { membersOf, type RequestLog } from '../log.ts';
import { Problem, type ProblemCode } from '../problem.ts';
import type { AnswersOf } from './answers-under-way.ts';
import { PROBLEM_TYPE, problemDocument } from './problem-document.ts';

const codes: Record<string, ProblemCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
};

interface Options {
  publicUrl: string;
  requestLog: RequestLog;
  answersOf: AnswersOf;
}

/** How long a refused connection may stay open so that its client can read the answer (RFC 9112 section 9.6). */
const LINGER_MS = 2_000;

/**
 * Handles malformed HTTP, oversized header fields, timeouts, and `CONNECT`. An `Expect` that Node does not know is
 * refused by `checkHead`.
 */
export function answerClientErrors(server: Server, options: Options): void {
  const { answersOf } = options;
  const refused = new WeakSet<Duplex>();
  server.on('checkExpectation', (request: IncomingMessage, answer: ServerResponse) =>
    server.emit('request', request, answer),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // The same error may be emitted again while the refusal is being sent.
    if (refused.has(socket)) return;
    refused.add(socket);
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const { latest, previous } = answersOf(socket);
    const refuse = () => end(socket, Problem.of(codes[error.code ?? ''] ?? 'malformed_request', {}), options);
    if (latest === undefined || latest.req.complete) afterAnswer(latest, refuse);
    // The body is malformed: refuse the request that it belongs to, unless that one was answered already.
    else afterAnswer(previous, () => (latest.headersSent ? endAfter(latest, socket) : refuse()));
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    // Node has detached its own listener: without one here, a socket error would end the process.
    socket.on('error', () => socket.destroy());
    const problem = new Problem('method_not_allowed', { detail: 'This server is not a proxy.' });
    afterAnswer(answersOf(socket).latest, () => end(socket, problem, options));
  });
}

/** Answers leave in the order of their requests (HTTP/1.1 pipelining). */
function afterAnswer(answer: ServerResponse | undefined, next: () => void): void {
  if (answer === undefined || answer.writableFinished) next();
  else answer.once('finish', next);
}

/** An error document cannot be inserted into an answer that has begun. */
function endAfter(answer: ServerResponse, socket: Duplex): void {
  if (answer.writableEnded) afterAnswer(answer, () => hangUp(socket));
  else socket.destroy();
}

function end(socket: Duplex, problem: Problem, { publicUrl, requestLog }: Options): void {
  const { status, title, code } = problem;
  const requestId = randomUUID();
  const body = JSON.stringify(problemDocument(problem, { publicUrl, requestId }));
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  requestLog.write(membersOf({ request_id: requestId, status, code }));
  hangUp(socket, `${head.join('\r\n')}\r\n\r\n${body}`);
}

function hangUp(socket: Duplex, last = ''): void {
  socket.end(last);
  // Discard whatever else arrives; left unread, it could keep the answer from being delivered.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
