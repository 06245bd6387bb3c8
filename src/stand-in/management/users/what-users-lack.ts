import { NO_CONTENT, type Answer, type Call, type Endpoint, type Method } from '../endpoint.ts';
import { knownUser } from './known-user.ts';

/**
 * Features of Auth0 users that the stand-in lacks: MFA enrolments, connected accounts. Lists are empty, and deletions succeed. Recorded,
 * for users without them; groups and the last of the factors specified.
 */
function lacking(
  method: Method,
  path: string,
  scopes: readonly string[],
  answer: (call: Call) => Answer,
): Endpoint {
  return {
    method,
    path: `/users/{id}/${path}`,
    scopes,
    answer: (call) => {
      knownUser(call);
      return answer(call);
    },
  };
}

const nothing = (body: unknown) => (): Answer => ({ status: 200, body });

export const WHAT_USERS_LACK: readonly Endpoint[] = [
  lacking('GET', 'enrollments', ['read:users', 'read:current_user'], nothing([])),
  lacking('GET', 'connected-accounts', ['read:users'], nothing({ connected_accounts: [] })),
  lacking('GET', 'federated-connections-tokensets', ['read:federated_connections_tokens'], nothing([])),
  lacking(
    'DELETE',
    'federated-connections-tokensets/{tokenset_id}',
    ['delete:federated_connections_tokens'],
    () => NO_CONTENT,
  ),
  lacking('GET', 'groups', ['read:groups'], nothing({ groups: [] })),
  lacking('DELETE', 'authenticators', ['delete:guardian_enrollments'], () => NO_CONTENT),
  lacking('DELETE', 'multifactor/{provider}', ['update:users'], () => NO_CONTENT),
  lacking('POST', 'multifactor/actions/invalidate-remember-browser', ['update:users'], () => NO_CONTENT),
  lacking('POST', 'risk-assessments/clear', ['update:users'], () => NO_CONTENT),
];
