import type { Call, Endpoint } from '../endpoint.ts';
import { chosenFields } from '../query-values.ts';
import { knownUser } from './known-user.ts';

export const getUserEndpoint: Endpoint = {
  method: 'GET',
  path: '/users/{id}',
  scopes: ['read:users', 'read:current_user', 'read:user_idp_tokens'],
  answer: (call: Call) => ({ status: 200, body: chosenFields(call.query)(knownUser(call).profile) }),
};
