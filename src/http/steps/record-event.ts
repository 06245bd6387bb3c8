/**
 * Counts each request of a principal with a tenant, and records its event once, after the answer, unless the event was
 * already recorded together with the change.
 */
import {
  createPendingEvent,
  outcomeOf,
  placeOf,
  principalOf,
  toEvent,
  type EventDraft,
  type EventPrincipal,
  type PendingEvent,
} from '../../events/event.ts';
import type { Problem } from '../../problem.ts';
import { reasonOf } from '../refusal-reason.ts';
import type { Context } from '../state.ts';

export function recordEvent(ctx: Context): void {
  const { matched, isRecorded, isOutcomeUnknown, services, problem } = ctx.state;
  const { status } = ctx;
  const caller = ctx.state.principal ?? problem?.parts.caller;
  if (caller && 'tenantId' in caller)
    services.usage.request(caller, status, performance.now() - ctx.state.started);
  if (problem && matched) noteRefusal(ctx, problem);
  // Nothing to record: no such path, or a successful read without an event in the contract.
  if (isRecorded || !matched || (status < 400 && matched.description.event === undefined)) return;
  const draft = draftOf(ctx);
  services.events.record(
    toEvent(draft, {
      outcome: isOutcomeUnknown || problem?.code === 'outcome_unknown' ? 'unknown' : outcomeOf(status),
      status,
      code: problem?.code,
      target: createdId(ctx) ?? draft.target,
    }),
  );
}

/** For an operator on call, who wants to know why. */
function noteRefusal({ state }: Context, problem: Problem): void {
  const { matched, principal, requestId, services } = state;
  const caller = principal ?? problem.parts.caller;
  services.refusals.note({
    request_id: requestId,
    operation: matched.description.id,
    status: problem.status,
    code: problem.code,
    reason: reasonOf(problem),
    caller: caller?.kind,
    tenant_id: caller && 'tenantId' in caller ? caller.tenantId : undefined,
    client_id: caller && 'clientId' in caller ? caller.clientId : undefined,
    user_id: caller && 'userId' in caller ? caller.userId : undefined,
  });
}

export function pendingEvent(ctx: Context): PendingEvent {
  ctx.state.event ??= createPendingEvent(
    () => draftOf(ctx),
    () => (ctx.state.isRecorded = true),
  );
  return ctx.state.event;
}

function draftOf(ctx: Context): EventDraft {
  const { matched, requestId, services } = ctx.state;
  const { id, event, answers } = matched.description;
  return {
    type: event ?? 'request.succeeded',
    ...callerOf(ctx),
    operation: id,
    target: targetOf(ctx),
    status: [...answers.keys()].find((status) => status < 300 && status !== 202),
    request_id: requestId,
    address: services.seal.seal(ctx.ip, placeOf(requestId)),
  };
}

/** The authenticated principal with a tenant, also when the request was refused for another reason. */
function callerOf(ctx: Context): { tenant_id: string | undefined; principal: EventPrincipal } {
  const { principal, problem } = ctx.state;
  const caller = problem?.parts.caller;
  if (!principal && caller)
    return {
      tenant_id: caller.tenantId,
      principal: { kind: caller.kind, client_id: caller.clientId },
    };
  const tenantId = principal && 'tenantId' in principal ? principal.tenantId : undefined;
  return { tenant_id: tenantId, principal: principalOf(principal) };
}

/**
 * The last id in the path. A value that does not look like an id could be anything, even an email, and is not recorded.
 */
function targetOf(ctx: Context): string | undefined {
  const { path = {}, matched } = ctx.state;
  const target = Object.values(path).at(-1);
  return target === undefined || matched.validators.parameters.path({ ...path }) ? undefined : target;
}

/** Id of a created resource, from `Location`. */
function createdId(ctx: Context): string | undefined {
  // Undefined when the request was refused.
  const { status, headers } = ctx.state.answer ?? {};
  const location = headers?.['Location'];
  const isMade = status === 201 || status === 202;
  return isMade && location !== undefined && !ctx.state.problem
    ? decodeURIComponent(location.split('/').at(-1) ?? '')
    : undefined;
}
