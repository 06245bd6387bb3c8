/** Assigns the request id and writes one log line per answered request, without personal data, query or body. */
import { randomUUID } from 'node:crypto';
import { membersOf } from '../../log.ts';
import type { AnyPrincipal } from '../../principal.ts';
import type { Services } from '../../services.ts';
import { reasonOf } from '../refusal-reason.ts';
import { State, type Context } from '../state.ts';

/** A client's request id is adopted when it is safe in a log and a header. */
const ACCEPTABLE_ID = /^[A-Za-z0-9._-]{8,64}$/;

export function beginTrace(services: Services): (ctx: Context) => void {
  return (ctx) => {
    const given = ctx.get('x-request-id');
    const requestId = ACCEPTABLE_ID.test(given) ? given : randomUUID();
    ctx.state = new State(services, requestId);
  };
}

/** By principal, which is the same object as long as nothing changed. */
const membersOfCallers = new WeakMap<AnyPrincipal, string>();

export function logRequest(ctx: Context): void {
  const { matched, principal, inGrace, requestId, problem, services, started } = ctx.state;
  const ms = Math.round((performance.now() - started) * 10) / 10;
  // A request id is safe in JSON, and so is what Node takes for a method.
  let members = `"request_id":"${requestId}","method":"${ctx.method}","status":${ctx.status},"ms":${ms}`;
  if (matched) members += `,"operation":"${matched.description.id}"`;
  if (principal) members += `,${membersOfCaller(principal)}`;
  if (problem) members += `,${membersOf({ code: problem.code, reason: reasonOf(problem) })}`;
  if (inGrace) members += ',"in_grace":true';
  services.requestLog.write(members);
}

function membersOfCaller(principal: AnyPrincipal): string {
  let members = membersOfCallers.get(principal);
  if (members === undefined) {
    members = membersOf({
      caller: principal.kind,
      tenant_id: 'tenantId' in principal ? principal.tenantId : undefined,
      client_id: 'clientId' in principal ? principal.clientId : undefined,
      service: 'service' in principal ? principal.service : undefined,
    });
    membersOfCallers.set(principal, members);
  }
  return members;
}
