/** Errors that Node finds before there is a request that could be answered: broken HTTP, headers too large, too slow. */
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { Problem } from '../problem.ts';
import type { ProblemCode } from '../problem.ts';

const codes: Record<string, ProblemCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
};

/** For the `clientError` event of a server. Without it Node answers without a word of explanation. */
export function answerClientError(publicUrl: string) {
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const problem = Problem.of(codes[error.code ?? ''] ?? 'malformed_request', {});
    const requestId = randomUUID();
    const body = JSON.stringify({
      type: `${publicUrl}/problems/${problem.code}`,
      title: problem.title,
      status: problem.status,
      code: problem.code,
      request_id: requestId,
    });
    const head = [
      `HTTP/1.1 ${problem.status} ${problem.title}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      `X-Request-Id: ${requestId}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  };
}
