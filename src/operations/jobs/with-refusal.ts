import { describeRefusal } from '../../auth0/refusal.ts';
import type { AnyPrincipal } from '../../principal.ts';
import type { RelayProblem } from '../../relay/relay-job.ts';

/** Tells the operator, who can do something about it, why the authority refused; it is nobody else's business. */
export function withRefusal(problem: RelayProblem, principal: AnyPrincipal | undefined): RelayProblem {
  const { refusal, detail } = problem;
  if (principal?.kind !== 'operator' || !refusal) return problem;
  const told = `The authority answered ${describeRefusal(refusal)}.`;
  return { ...problem, detail: detail === undefined ? told : `${detail} ${told}` };
}
