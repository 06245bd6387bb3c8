import { describeRefusal } from '../../auth0/refusal.ts';
import type { AnyPrincipal } from '../../principal.ts';
import type { RelayProblem } from '../../relay/relay-job.ts';

/** Adds the reason of Auth0's refusal, for the operator only, who can act on it. */
export function withRefusal(problem: RelayProblem, principal: AnyPrincipal | undefined): RelayProblem {
  const { refusal, detail } = problem;
  if (principal?.kind !== 'operator' || !refusal) return problem;
  const reason = `The authority answered ${describeRefusal(refusal)}.`;
  return { ...problem, detail: detail === undefined ? reason : `${detail} ${reason}` };
}
