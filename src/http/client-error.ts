/** What Node answers, or hangs up on, before there is a request for Koa: it leaves as a problem document, too. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log } from '../log.ts';
import { Problem } from '../problem.ts';
import type { ProblemCode } from '../problem.ts';
import { PROBLEM_TYPE, problemDocument } from './problem-document.ts';

const codes: Record<string, ProblemCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
};

interface Options {
  publicUrl: string;
  requestLog: Pick<Log, 'info'>;
}

/** Broken HTTP, header fields too large, too slow; `CONNECT`; and an `Expect` that nobody meets (RFC 9110 section 10.1.1). */
export function answerClientErrors(server: Server, options: Options): void {
  /** The latest answer of each connection, under way or sent. */
  const answers = new WeakMap<Duplex, ServerResponse>();
  const refused = new WeakSet<Duplex>();
  server.on('request', (request: IncomingMessage, answer: ServerResponse) => {
    answers.set(request.socket, answer);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // More of the same may arrive while the refusal is being sent.
    if (refused.has(socket)) return;
    refused.add(socket);
    const before = answers.get(socket);
    const isUnderWay = before !== undefined && !before.writableFinished;
    const isLost = !socket.writable || error.code === 'ECONNRESET';
    // In the middle of an answer there is no place for another one.
    if (isLost || (isUnderWay && !before.req.complete && before.headersSent)) return void socket.destroy();
    const refuse = () => end(socket, Problem.of(codes[error.code ?? ''] ?? 'malformed_request', {}), options);
    // Whoever was first is answered first.
    if (isUnderWay && before.req.complete) before.once('finish', refuse);
    else refuse();
  });
  server.on('connect', (_request: IncomingMessage, socket: Duplex) =>
    end(socket, new Problem('method_not_allowed', { detail: 'This is no proxy.' }), options),
  );
  server.on('checkExpectation', ({ socket }: IncomingMessage) =>
    end(socket, new Problem('expectation_failed'), options),
  );
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
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
