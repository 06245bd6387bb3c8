/** An authorization request of a registered app, in a form with which its user gets in and it gets a token of use. */
import { Problem } from '../../problem.ts';
import type { Query } from './this-api.ts';

/**
 * What Auth0 takes of third parties (Auth0 docs, "Security controls for third-party applications"). With any other it shows a page of its
 * own, where the sign-in ends; an authorization server ignores what it does not know (RFC 6749 section 3.1).
 */
const TAKEN = new Set([
  'acr_values',
  'audience',
  'authorization_details',
  'client_id',
  'code_challenge',
  'connection',
  'code_challenge_method',
  'correlation_id',
  'display',
  'dpop_jkt',
  'login_hint',
  'max_age',
  'nonce',
  // In neither of its lists, but part of its "Troubleshoot third-party applications".
  'organization',
  'prompt',
  'redirect_uri',
  'resource',
  'response_type',
  'scope',
  'state',
  'ui_locales',
]);
const isTaken = (name: string): boolean => TAKEN.has(name) || name.startsWith('ext-');

/** Without these the request would be another one (RFC 9101 section 5, RFC 9126 section 4). */
const NEVER_IGNORED = ['request', 'request_uri'];

/**
 * @param scopes of this API that the app is registered with, and that the API has at the authority: the default where it asks for none of them (RFC 6749 section 3.3)
 * @throws Problem `invalid_parameter`
 */
export function forApp(query: Query, scopes: readonly string[]): Query {
  const refused = NEVER_IGNORED.find((name) => query[name] !== undefined);
  if (refused !== undefined)
    throw new Problem('invalid_parameter', {
      detail: `${refused} is not taken here; send the parameters themselves.`,
    });
  if (query['response_mode'] !== undefined && query['response_mode'] !== 'query')
    throw new Problem('invalid_parameter', { detail: 'response_mode can be query only.' });
  const taken = Object.entries(query).filter(([name]) => isTaken(name));
  return { ...Object.fromEntries(taken), scope: withDefault(query['scope'], scopes) };
}

/** With a token that has no scope of this API, everything would be refused that the user has just consented to. */
function withDefault(scope: Query[string], scopes: readonly string[]): Query[string] {
  const asked = [scope ?? []].flat().flatMap((text) => text.split(' ').filter(Boolean));
  return scopes.some((one) => asked.includes(one)) ? scope : [...asked, ...scopes].join(' ');
}
