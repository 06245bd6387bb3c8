import type { ParameterizedContext } from 'koa';
import { randomUUID } from 'node:crypto';
import { Problem } from '../problem.ts';
import { PROBLEM_TYPE, problemDocument } from './problem-document.ts';
import type { State } from './state.ts';

/**
 * Replaces Koa's `ctx.onerror`, which answers in plain text: handles failures outside of `sendProblem`, and broken
 * connections.
 */
export function lastResort(publicUrl: string) {
  return function (this: ParameterizedContext<Partial<State>>, error: Error | null | undefined): void {
    if (error === null || error === undefined) return;
    this.app.emit('error', error, this);
    const { res, state, headerSent, writable } = this;
    if (headerSent || !writable) return;
    for (const name of res.getHeaderNames()) res.removeHeader(name);
    const problem = new Problem('internal_error');
    const requestId = state.requestId ?? randomUUID();
    const body = JSON.stringify(problemDocument(problem, { publicUrl, requestId }));
    const fields = { 'Content-Type': PROBLEM_TYPE, 'X-Request-Id': requestId, 'Cache-Control': 'no-store' };
    res.writeHead(problem.status, { ...fields, 'Content-Length': Buffer.byteLength(body) }).end(body);
  };
}
