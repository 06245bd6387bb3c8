/** The request pipeline: every step, in order. Read this first. */
import type { Services } from '../../services.ts';
import { createPrincipalTokens } from '../../gateway/principal-token.ts';
import { cors } from '../cors.ts';
import { carryRefusal, repeatRefusal } from '../gateway/decided-refusal.ts';
import { readOriginalRequest, refuseDecision } from '../gateway/forward-auth.ts';
import { serviceSteps } from '../gateway/service-steps.ts';
import { BodyRoom } from '../body-room.ts';
import { createPlaces } from '../streams/places.ts';
import { refuseIfRevoked } from '../streams/still-allowed.ts';
import { createWatch } from '../streams/watch.ts';
import { setFields } from '../header-fields.ts';
import type { Context, MatchedOperation, PipelineParts, Step } from '../state.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { callerAddress } from './caller-address.ts';
import { checkHead } from './check-head.ts';
import { checkQuery } from './check-query.ts';
import { countRefused, limitAnonymous, limitUnnamed } from './limit-anonymous.ts';
import { limitOutbox } from './limit-outbox.ts';
import { limitRequests } from './limit-requests.ts';
import { createMatcher, matchOperation } from './match-operation.ts';
import { negotiate } from './negotiate.ts';
import { drainBody, readBody } from './read-body.ts';
import { refuseUnconfirmed } from './refuse-unconfirmed.ts';
import { recordEvent } from './record-event.ts';
import { runHandler } from './run-handler.ts';
import { securityHeaders } from './security-headers.ts';
import { sendAnswer } from './send-answer.ts';
import { sendProblem } from './send-problem.ts';
import { beginTrace, logRequest } from './trace-request.ts';
import { validateAnswer } from './validate-answer.ts';
import { validateInput } from './validate-input.ts';

type Operation = Omit<MatchedOperation, 'steps'>;

/** What a request to this operation goes through. A step that has nothing to do there is left out. */
export function stepsOf(operation: Operation, { services, watch, places }: PipelineParts): Step[] {
  const { security, isOpen, body, method } = operation.description;
  const isPublic = security.size === 0;
  const isForUnnamed =
    isPublic || isOpen || security.has('initialAccessToken') || security.has('registrationToken');
  return [
    ...(isPublic ? [] : [authenticate]),
    ...(isForUnnamed ? [limitUnnamed] : []),
    ...(isPublic ? [] : [limitRequests, authorize]),
    ...(method === 'get' ? [] : [limitOutbox(services)]),
    ...(body ? [readBody(body, watch)] : []),
    ...(isPublic ? [] : [refuseIfRevoked]),
    checkQuery,
    validateInput(operation),
    negotiate,
    runHandler(places),
    validateAnswer,
    sendAnswer(watch),
  ];
}

/** @param compose the steps of an operation; benchmarks leave some out */
export function pipeline(services: Services, compose = stepsOf): Step {
  const { config, metrics, registry } = services;
  const watch = createWatch(registry, metrics.streams);
  const places = createPlaces(
    { perPrincipal: config.STREAMS_PER_PRINCIPAL, perTenant: config.STREAMS_PER_TENANT },
    metrics.streams,
  );
  const secure = securityHeaders(services);
  const principalTokens = createPrincipalTokens(services.signingKeys, services.publicUrl);
  const parts = { services, watch, places, bodyRoom: new BodyRoom(), principalTokens };
  const matcher = createMatcher(services, secure, (operation) => {
    const declared = services.gateway.operations.get(operation.description.id);
    const steps = declared ? serviceSteps(operation, declared, parts) : compose(operation, parts);
    return [...refuseUnconfirmed(operation.description), ...steps];
  });
  const begin = [beginTrace(services), callerAddress(services)];
  const arrive = [
    checkHead,
    readOriginalRequest(config),
    limitAnonymous,
    cors(registry, config.WEB_APP_ORIGINS, matcher),
    repeatRefusal(matcher),
    matchOperation(matcher),
    refuseDecision,
    (ctx: Context) => take(ctx, ctx.state.matched.steps),
  ];
  const withoutOperation = [...secure.page, 'Vary', 'Origin'];
  const refuse = sendProblem(matcher, withoutOperation);

  const end = (ctx: Context) => {
    drainBody(ctx);
    try {
      recordEvent(ctx);
    } finally {
      logRequest(ctx);
    }
  };
  const succeed = (ctx: Context) => {
    if (ctx.state.isAnswered && !ctx.res.headersSent) setFields(ctx, withoutOperation);
    end(ctx);
  };
  const fail = (ctx: Context, error: unknown) => {
    try {
      refuse(ctx, countRefused(ctx, error));
      carryRefusal(ctx);
    } catch (fault) {
      drainBody(ctx);
      throw fault;
    }
    end(ctx);
  };

  return (ctx) => {
    for (const step of begin) step(ctx);
    let waiting;
    try {
      waiting = take(ctx, arrive);
    } catch (error) {
      return fail(ctx, error);
    }
    if (!waiting) return succeed(ctx);
    return waiting.then(
      () => succeed(ctx),
      (error: unknown) => fail(ctx, error),
    );
  };
}

/** Takes steps until one has answered. Most requests wait for nothing, and cost no promise. */
function take(ctx: Context, steps: readonly Step[], from = 0): void | Promise<void> {
  for (let next = from; next < steps.length; next += 1) {
    const waiting = steps[next]!(ctx);
    if (waiting) return waiting.then(() => (ctx.state.isAnswered ? undefined : take(ctx, steps, next + 1)));
    if (ctx.state.isAnswered) return;
  }
}
