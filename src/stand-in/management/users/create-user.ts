import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { createUser } from './new-user.ts';
import type { NewUser } from './new-user.ts';
import { NEW_USER } from './user-rules.ts';

export const createUserEndpoint: Endpoint = {
  method: 'POST',
  path: '/users',
  scopes: ['create:users'],
  logAs: 'Create a User',
  answer: ({ store, logs, body, caller, now }: Call) => {
    const input = checkBody(body, NEW_USER) as unknown as NewUser;
    const { profile, connection } = createUser(store, input, new Date(now()));
    logs.write({
      type: 'ss',
      client_id: caller.clientId,
      user_id: profile.user_id,
      user_name: profile.email ?? '',
      connection,
      strategy: 'auth0',
      strategy_type: 'database',
    });
    return { status: 201, body: profile };
  },
};
