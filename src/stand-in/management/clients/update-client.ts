import type { Client } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { patched } from '../patched.ts';
import { CLIENT_CHANGES } from './client-rules.ts';
import { knownClient, writtenClientView } from './client-view.ts';
import { endsBy, withOtherNames } from './new-client.ts';
import { checkStrictRules } from './strict-rules.ts';

export const updateClientEndpoint: Endpoint = {
  method: 'PATCH',
  path: '/clients/{id}',
  scopes: [
    'update:clients',
    'update:client_keys',
    'update:client_credentials',
    'update:client_token_vault_privileged_access',
  ],
  logAs: 'Update a client',
  answer: (call: Call) => {
    const client = knownClient(call);
    const changes = checkBody(call.body, CLIENT_CHANGES) as Partial<Client>;
    for (const name of IMMUTABLE)
      if (changes[name] !== undefined && changes[name] !== client[name])
        throw new ApiError(400, `${name} cannot be changed.`, 'invalid_body');
    const after = changed(client, changes);
    checkStrictRules(after);
    return { status: 200, body: writtenClientView(call, call.store.clients.put(after)) };
  },
};

/** Auth0 docs, "Third-party applications". Repeating the current value is allowed. The wording is a guess. */
const IMMUTABLE = ['is_first_party', 'third_party_security_mode'] as const;

function changed(client: Client, changes: Partial<Client>): Client {
  const after = patched(client, withOtherNames(changes));
  after.jwt_configuration = { ...client.jwt_configuration, ...changes.jwt_configuration };
  const expiration = changes.refresh_token?.expiration_type;
  after.refresh_token = {
    ...client.refresh_token,
    ...(expiration !== undefined && endsBy(expiration)),
    ...changes.refresh_token,
  };
  if (changes.client_metadata) {
    // Members are merged, null removes one (Auth0 docs, "Configure application metadata").
    const merged = Object.entries({ ...client.client_metadata, ...changes.client_metadata });
    after.client_metadata = Object.fromEntries(
      merged.filter(([, value]) => (value as string | null) !== null),
    );
  }
  return after;
}
