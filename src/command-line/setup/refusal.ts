/** What Auth0 says when it refuses a call, and what to do about it. */
import { plainText } from '../plain-text.ts';
import { SetupFailure } from './failure.ts';

/** @param call such as `POST /api/v2/clients` */
export function explainRefusal(
  status: number,
  answer: Record<string, unknown> | undefined,
  call: string,
): SetupFailure {
  const words = [answer?.['message'], answer?.['error']].find((text) => typeof text === 'string');
  const code = answer?.['errorCode'];
  const said = [words ?? 'no reason', typeof code === 'string' ? `(${code})` : ''].join(' ').trim();
  const lines = [`Auth0 answered ${call} with ${status}: ${said}`, `  ${remedyFor(status, String(code))}`];
  const failure = new SetupFailure(status >= 500 ? 'unreachable' : 'refused', lines.map(plainText));
  if (status === 403) failure.forbidden = plainText(said);
  return failure;
}

function remedyFor(status: number, code: string): string {
  if (status === 401) return 'The access token is not of this account, or has expired: get a new one.';
  if (code === 'insufficient_scope')
    return 'The access token lacks this scope. `trivium setup --scopes` lists all that it needs.';
  if (code === 'insufficient_entitlement')
    return 'The plan of the account does not include this feature: change the plan, or leave the option out.';
  if (code === 'too_many_entities')
    return 'The account is at its limit: delete what is not used any more, or change the plan.';
  if (status === 429) return 'Auth0 still limits requests: run the same command again later.';
  if (status >= 500) return 'Run the same command again: it goes on where it stopped.';
  return 'Nothing was changed by this call. What was done before stays, and the same command goes on from there.';
}
