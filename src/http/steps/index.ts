/** The request pipeline: every middleware, in order. Read this first. */
import type { Middleware } from 'koa';
import type { Services } from '../../services.ts';
import { cors } from '../cors.ts';
import { createFinder } from '../find-operation.ts';
import { createPlaces } from '../streams/places.ts';
import { createWatch } from '../streams/watch.ts';
import type { State } from '../state.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { checkHead } from './check-head.ts';
import { checkQuery } from './check-query.ts';
import { limitAnonymous, limitUnnamed } from './limit-anonymous.ts';
import { limitOutbox } from './limit-outbox.ts';
import { limitRequests } from './limit-requests.ts';
import { createRouter, matchOperation } from './match-operation.ts';
import { readBody } from './read-body.ts';
import { runHandler } from './run-handler.ts';
import { securityHeaders } from './security-headers.ts';
import { sendProblem } from './send-problem.ts';
import { recordEvent } from './record-event.ts';
import { traceRequest } from './trace-request.ts';
import { validateAnswer } from './validate-answer.ts';
import { validateInput } from './validate-input.ts';

export function steps(services: Services): Middleware<State>[] {
  const { config, contract, metrics, registry } = services;
  const router = createRouter(contract);
  const find = createFinder(contract, router);
  const watch = createWatch(registry, metrics.streams);
  const places = createPlaces(
    { perPrincipal: config.STREAMS_PER_PRINCIPAL, perTenant: config.STREAMS_PER_TENANT },
    metrics.streams,
  );
  return [
    traceRequest(services),
    securityHeaders(services),
    recordEvent,
    sendProblem(find),
    checkHead,
    limitAnonymous,
    cors(registry, config.WEB_APP_ORIGINS, find),
    matchOperation(services, router),
    authenticate,
    limitUnnamed,
    limitRequests,
    authorize,
    limitOutbox(services),
    readBody(watch),
    checkQuery,
    validateInput,
    validateAnswer,
    runHandler(watch, places),
  ] as Middleware<State>[];
}
