import type { Client } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import type { Call } from '../endpoint.ts';
import { chosenFields } from '../query-values.ts';

/** Scopes with which secrets are shown (specified). */
const KEY_SCOPES = [
  'read:client_keys',
  'create:client_keys',
  'update:client_keys',
  'read:client_credentials',
];

/** Recorded: the one field that is there whatever `fields` says. */
const ALWAYS = ['tenant'];

export function clientView({ issuer, caller, query }: Call): (client: Client) => object {
  const tenant = new URL(issuer).hostname.split('.')[0];
  const showsSecrets = KEY_SCOPES.some((scope) => caller.scopes.has(scope));
  const choose = chosenFields(query, ALWAYS);
  return ({ previous_secret: _kept, client_secret: secret, ...client }) =>
    choose({
      tenant,
      global: false,
      ...client,
      ...(showsSecrets && secret !== undefined && { client_secret: secret }),
    });
}

/** Recorded answers to writes have no `tenant` and do have the secret. */
export function writtenClientView({ previous_secret: _kept, ...client }: Client): object {
  return client;
}

/** Recorded: 404 inexistent_client, without a full stop. */
export function knownClient({ store, params }: Call): Client {
  const client = store.clients.get(params['id'] ?? '');
  if (!client) throw new ApiError(404, 'The client does not exist', 'inexistent_client');
  return client;
}
