import { FAILURES_MAX } from '../../authentication/brute-force.ts';
import { inConnection, type Store } from '../../store/store.ts';
import { invalidQuery } from '../api-error.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { knownUser } from '../users/known-user.ts';

/** Recorded for users that are not blocked; the members of an entry are specified. */
function blocksFor(store: Store, identifiers: readonly string[]): { blocked_for: object[] } {
  const failed = identifiers.flatMap((identifier) => [...store.failedSignIns.by('identifier', identifier)]);
  return {
    blocked_for: failed
      .filter(({ count }) => count >= FAILURES_MAX)
      .map(({ identifier, ip }) => ({ identifier, ip })),
  };
}

function unblock({ store, logs, caller }: Call, identifiers: readonly string[], user_id?: string): void {
  for (const identifier of identifiers)
    for (const { ip, count } of [...store.failedSignIns.by('identifier', identifier)]) {
      store.failedSignIns.delete(inConnection(identifier, ip));
      const event = {
        client_id: caller.clientId,
        user_name: identifier,
        ...(user_id !== undefined && { user_id }),
      };
      if (count >= FAILURES_MAX) logs.write({ type: 'ublkdu', ...event });
    }
}

function identifiersOf(call: Call): string[] {
  const { email, username, phone_number: phone } = knownUser(call).profile;
  return [email, username, phone].filter((one) => one !== undefined);
}

function namedIdentifier({ query }: Call): string[] {
  const identifier = query.get('identifier');
  if (identifier === null || identifier === '') throw invalidQuery('Missing required property: identifier');
  return [identifier];
}

export const getUserBlocksEndpoint: Endpoint = {
  method: 'GET',
  path: '/user-blocks/{id}',
  scopes: ['read:users'],
  answer: (call: Call) => ({ status: 200, body: blocksFor(call.store, identifiersOf(call)) }),
};

export const deleteUserBlocksEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/user-blocks/{id}',
  scopes: ['update:users'],
  logAs: 'Unblock a user',
  answer: (call: Call) => {
    unblock(call, identifiersOf(call), call.params['id']);
    return NO_CONTENT;
  },
};

export const getBlocksByIdentifierEndpoint: Endpoint = {
  method: 'GET',
  path: '/user-blocks',
  scopes: ['read:users'],
  answer: (call: Call) => ({ status: 200, body: blocksFor(call.store, namedIdentifier(call)) }),
};

export const deleteBlocksByIdentifierEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/user-blocks',
  scopes: ['update:users'],
  logAs: 'Unblock by identifier',
  answer: (call: Call) => {
    unblock(call, namedIdentifier(call));
    return NO_CONTENT;
  },
};
