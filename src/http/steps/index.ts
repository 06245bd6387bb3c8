/** The way of every request, in order. Read this first. */
import type { Middleware } from 'koa';
import type { Services } from '../../services.ts';
import { cors } from '../cors.ts';
import type { State } from '../state.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { limitOutbox } from './limit-outbox.ts';
import { limitRequests } from './limit-requests.ts';
import { matchOperation } from './match-operation.ts';
import { readBody } from './read-body.ts';
import { runHandler } from './run-handler.ts';
import { securityHeaders } from './security-headers.ts';
import { sendProblem } from './send-problem.ts';
import { tellEvent } from './tell-event.ts';
import { traceRequest } from './trace-request.ts';
import { validateAnswer } from './validate-answer.ts';
import { validateInput } from './validate-input.ts';

export function steps(services: Services): Middleware<State>[] {
  return [
    traceRequest(services),
    securityHeaders(services),
    tellEvent,
    sendProblem,
    cors(services.registry),
    matchOperation(services),
    authenticate,
    limitRequests,
    authorize,
    limitOutbox(services),
    readBody,
    validateInput,
    validateAnswer,
    runHandler,
  ] as Middleware<State>[];
}
