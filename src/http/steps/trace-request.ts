/** Assigns the request id and writes one log line per answered request, without personal data, query or body. */
import { randomUUID } from 'node:crypto';
import type { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../state.ts';

/**
 * The reason, beyond the code. The detail is logged only when it concerns credential or permissions: elsewhere it may
 * quote the body.
 */
function reasonOf({ status, parts: { internal, detail, scopes, errors } }: Problem): string | undefined {
  if (internal !== undefined || (status !== 401 && status !== 403)) return internal;
  const wrong = errors?.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
  return detail ?? (scopes?.length ? `it needs ${scopes.join(' ')}` : wrong);
}

/** A client's request id is adopted when it is safe in a log and a header. */
const ACCEPTABLE_ID = /^[A-Za-z0-9._-]{8,64}$/;

export function beginTrace(services: Services): (ctx: Context) => void {
  return (ctx) => {
    const given = ctx.get('x-request-id');
    const requestId = ACCEPTABLE_ID.test(given) ? given : randomUUID();
    const { state } = ctx;
    state.services = services;
    state.started = performance.now();
    state.requestId = requestId;
    state.fields = ['X-Request-Id', requestId];
  };
}

export function logRequest(ctx: Context): void {
  const { matched, principal, inGrace, requestId, problem, services, started } = ctx.state;
  services.requestLog.info({
    request_id: requestId,
    operation: matched?.description.id,
    method: ctx.method,
    status: ctx.status,
    code: problem?.code,
    reason: problem && reasonOf(problem),
    ms: Math.round((performance.now() - started) * 10) / 10,
    caller: principal?.kind,
    tenant_id: principal && 'tenantId' in principal ? principal.tenantId : undefined,
    client_id: principal && 'clientId' in principal ? principal.clientId : undefined,
    in_grace: inGrace,
  });
}
