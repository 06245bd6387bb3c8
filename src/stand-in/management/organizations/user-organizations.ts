import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { knownUser } from '../users/known-user.ts';
import { organizationsOf } from './memberships.ts';

/** Recorded. */
export const listUserOrganizationsEndpoint: Endpoint = {
  method: 'GET',
  path: '/users/{id}/organizations',
  scopes: ['read:organizations'],
  answer: (call: Call) =>
    listAnswer(organizationsOf(call.store, knownUser(call).profile.user_id), call.query, {
      name: 'organizations',
      idOf: ({ id }) => id,
      present: (organization) => organization,
      checkpoints: false,
    }),
};
