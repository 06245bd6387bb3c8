import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { knownUser } from '../users/known-user.ts';
import { organizationsOf } from './memberships.ts';

/** Recorded. A removal shows after a while (Auth0 docs, "Remove members"), here after the same delay as in searches. */
export const listUserOrganizationsEndpoint: Endpoint = {
  method: 'GET',
  path: '/users/{id}/organizations',
  scopes: ['read:organizations'],
  answer: (call: Call) => {
    const then = call.now() - call.settings.searchDelayMs;
    return listAnswer(organizationsOf(call.store, knownUser(call).profile.user_id, then), call.query, {
      name: 'organizations',
      idOf: ({ id }) => id,
      present: (organization) => organization,
      checkpoints: false,
    });
  },
};
