import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { createUser, type NewUser } from './new-user.ts';
import { NEW_USER } from './user-rules.ts';
import { withoutSecrets } from '../logs/without-secrets.ts';

export const createUserEndpoint: Endpoint = {
  method: 'POST',
  path: '/users',
  scopes: ['create:users'],
  logAs: 'Create a User',
  answer: ({ store, logs, mails, body, caller, now }: Call) => {
    const input = checkBody(body, NEW_USER) as unknown as NewUser & { verify_email?: boolean };
    const { profile, connection } = createUser(store, input, new Date(now()));
    logs.write({
      type: 'ss',
      client_id: caller.clientId,
      user_id: profile.user_id,
      user_name: profile.username ?? profile.email ?? '',
      connection,
      connection_id: store.connections.first('name', connection)?.id ?? '',
      client_name: store.clients.get(caller.clientId)?.name ?? '',
      details: { authentication_methods: ['pwd'], body: withoutSecrets({ ...input, is_signup: false }) },
      strategy: 'auth0',
      strategy_type: 'database',
    });
    // `verify_email` "overrides behavior of email_verified parameter" (Management API reference, "Create a User").
    const { email } = profile;
    if (email !== undefined && (input.verify_email ?? !input.email_verified))
      mails.send({ kind: 'verification', to: email });
    return { status: 201, body: profile };
  },
};
