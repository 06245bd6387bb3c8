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

/** Recorded: there whatever `fields` says. */
const ALWAYS = ['tenant'];

/** What an answer to a read shows of a client. */
export function clientView(call: Call): (client: Client) => object {
  const showsSecrets = KEY_SCOPES.some((scope) => call.caller.scopes.has(scope));
  const choose = chosenFields(call.query, ALWAYS);
  return (client) => {
    const { client_secret: secret, ...view } = inFull(call, client);
    return choose({ ...view, ...(showsSecrets && secret !== undefined && { client_secret: secret }) });
  };
}

/** The answer to a write (recorded): with the secret, whatever the caller may read. */
export function writtenClientView(call: Call, client: Client): object {
  return inFull(call, client);
}

/**
 * With what every answer has, writes and reads alike, whoever the client belongs to (recorded; recordings that went through the types
 * of an SDK lack these members). The older name of `cross_origin_authentication` goes along with it.
 */
function inFull(
  { issuer }: Call,
  { previous_secret: _kept, ...client }: Client,
): Omit<Client, 'previous_secret'> {
  return {
    tenant: new URL(issuer).hostname.split('.')[0],
    global: false,
    ...(client as Client),
    cross_origin_auth: client['cross_origin_authentication'] ?? false,
    callback_url_template: false,
  };
}

/** Recorded: 404 inexistent_client, without a full stop. */
export function knownClient({ store, params }: Call): Client {
  const client = store.clients.get(params['id'] ?? '');
  if (!client) throw new ApiError(404, 'The client does not exist', 'inexistent_client');
  return client;
}
