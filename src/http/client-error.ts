/** What Node answers, or hangs up on, before there is a request for Koa: it leaves as a problem document, too. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from '../log.ts';
import { Problem, type ProblemCode } from '../problem.ts';
import { PROBLEM_TYPE, problemDocument } from './problem-document.ts';

const codes: Record<string, ProblemCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
};

interface Options {
  publicUrl: string;
  requestLog: Pick<Log, 'info'>;
}

/** So long a refused connection may stay open, so that its caller comes to read why (RFC 9112 section 9.6). */
const LINGER_MS = 2_000;

/** The two latest answers of a connection, under way or sent: answers leave in the order of their requests. */
interface Answers {
  latest: ServerResponse;
  previous: ServerResponse | undefined;
}

/** Broken HTTP, header fields too large, too slow; and `CONNECT`. An `Expect` that Node does not know is for `checkHead` to refuse. */
export function answerClientErrors(server: Server, options: Options): void {
  const answers = new WeakMap<Duplex, Answers>();
  const refused = new WeakSet<Duplex>();
  server.on('request', ({ socket }: IncomingMessage, latest: ServerResponse) => {
    answers.set(socket, { latest, previous: answers.get(socket)?.latest });
  });
  server.on('checkExpectation', (request: IncomingMessage, answer: ServerResponse) =>
    server.emit('request', request, answer),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // More of the same may arrive while the refusal is being sent.
    if (refused.has(socket)) return;
    refused.add(socket);
    if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    const { latest, previous } = answers.get(socket) ?? {};
    const refuse = () => end(socket, Problem.of(codes[error.code ?? ''] ?? 'malformed_request', {}), options);
    if (latest === undefined || latest.req.complete) afterAnswer(latest, refuse);
    // The body broke: that request is the one that is refused, unless it has its answer.
    else afterAnswer(previous, () => (latest.headersSent ? endAfter(latest, socket) : refuse()));
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    // Node has let go of it: nobody else would hear that it broke, and the process would end by that.
    socket.on('error', () => socket.destroy());
    const problem = new Problem('method_not_allowed', { detail: 'This is no proxy.' });
    afterAnswer(answers.get(socket)?.latest, () => end(socket, problem, options));
  });
}

/** Whoever was first is answered first. */
function afterAnswer(answer: ServerResponse | undefined, next: () => void): void {
  if (answer === undefined || answer.writableFinished) next();
  else answer.once('finish', next);
}

/** In the middle of an answer there is no place for another one. */
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
  requestLog.info({ request_id: requestId, status, code });
  hangUp(socket, `${head.join('\r\n')}\r\n\r\n${body}`);
}

function hangUp(socket: Duplex, last = ''): void {
  socket.end(last);
  // Whatever else comes is of no use; unread, it would keep the answer from arriving.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
