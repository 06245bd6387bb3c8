/** What a request to an operation of a service goes through. */
import type { ServiceOperation } from '../../gateway/service.ts';
import { authenticate } from '../steps/authenticate.ts';
import { authorize } from '../steps/authorize.ts';
import { checkQuery } from '../steps/check-query.ts';
import { limitOutbox } from '../steps/limit-outbox.ts';
import { limitRequests } from '../steps/limit-requests.ts';
import { validateInput } from '../steps/validate-input.ts';
import type { MatchedOperation, PipelineParts, Step } from '../state.ts';
import { refuseIfRevoked } from '../streams/still-allowed.ts';
import { authenticateUpgrade, refuseForeignPages } from './web-socket-callers.ts';
import { forward } from './forward.ts';
import { answerDecision } from './forward-auth.ts';
import { identify } from './identify.ts';
import { readServiceBody } from './read-service-body.ts';
import { refuseBody } from './refuse-body.ts';
import { refuseHiddenSegments } from './refuse-hidden-segments.ts';

/** Checked as one of ours is, by the service's own document, and then forwarded, unless a proxy only asks. */
export function serviceSteps(
  operation: Omit<MatchedOperation, 'steps'>,
  declared: ServiceOperation,
  parts: PipelineParts,
): Step[] {
  const { body, event } = operation.description;
  const { services, principalTokens, watch, places, bodyRoom } = parts;
  return [
    ...(declared.isWebSocket ? [refuseForeignPages(services), authenticateUpgrade] : [authenticate]),
    limitRequests,
    authorize,
    ...(event === undefined ? [] : [limitOutbox(services)]),
    body ? readServiceBody(body, bodyRoom) : refuseBody,
    refuseIfRevoked,
    checkQuery,
    refuseHiddenSegments(declared),
    validateInput(operation),
    answerDecision(declared, principalTokens),
    forward({
      operation: declared,
      upstream: services.upstreams.of(declared.service.name),
      publicUrl: services.publicUrl,
      keyedRequests: services.keyedRequests,
      identify: identify(declared, principalTokens),
      watch,
      places,
      bodyRoom,
      shutdown: services.shutdown,
    }),
  ];
}
