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

/** Recorded: in lists, there whatever `fields` says; never in the answer for one client. */
const IN_LISTS = ['tenant'];

export function listedClientView(call: Call): (client: Client) => object {
  const tenant = new URL(call.issuer).hostname.split('.')[0];
  const choose = chosenFields(call.query, IN_LISTS);
  const view = clientView(call);
  return (client) => choose({ tenant, global: false, ...view(client) });
}

export function clientView({ caller, query }: Call): (client: Client) => object {
  const showsSecrets = KEY_SCOPES.some((scope) => caller.scopes.has(scope));
  const choose = chosenFields(query);
  return ({ previous_secret: _kept, client_secret: secret, ...client }) =>
    choose({
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
