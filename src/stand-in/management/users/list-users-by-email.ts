import { invalidQuery } from '../api-error.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { chosenFields } from '../query-values.ts';

/** Immediately consistent, unlike a search (Auth0 docs, "Get users by ID or email"). Case-sensitive; emails are stored in lower case. */
export const listUsersByEmailEndpoint: Endpoint = {
  method: 'GET',
  path: '/users-by-email',
  scopes: ['read:users'],
  answer: ({ store, query }: Call) => {
    const email = query.get('email');
    if (email === null) throw invalidQuery('Missing required property: email');
    const present = chosenFields(query);
    return { status: 200, body: [...store.users.by('email', email)].map(({ profile }) => present(profile)) };
  },
};
