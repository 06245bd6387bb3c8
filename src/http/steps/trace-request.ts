/** Assigns the request id and writes one log line per answered request, without personal data, query or body. */
import { randomUUID } from 'node:crypto';
import type { Log } from '../../log.ts';
import type { AnyPrincipal } from '../../principal.ts';
import type { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import { State, type Context } from '../state.ts';

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
    ctx.state = new State(services, requestId);
  };
}

/** By principal, which is the same object as long as nothing changed: its fields are serialized once. */
const logs = new WeakMap<AnyPrincipal, Pick<Log, 'info'>>();

export function logRequest(ctx: Context): void {
  const { matched, principal, inGrace, requestId, problem, services, started } = ctx.state;
  const log = principal ? logOf(principal, services.requestLog) : services.requestLog;
  log.info({
    request_id: requestId,
    operation: matched?.description.id,
    method: ctx.method,
    status: ctx.status,
    code: problem?.code,
    reason: problem && reasonOf(problem),
    ms: Math.round((performance.now() - started) * 10) / 10,
    in_grace: inGrace,
  });
}

function logOf(principal: AnyPrincipal, log: Log): Pick<Log, 'info'> {
  let own = logs.get(principal);
  if (!own) {
    own = log.child({
      caller: principal.kind,
      tenant_id: 'tenantId' in principal ? principal.tenantId : undefined,
      client_id: 'clientId' in principal ? principal.clientId : undefined,
    });
    logs.set(principal, own);
  }
  return own;
}
