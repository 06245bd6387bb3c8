import type { Client } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import type { Call } from '../endpoint.ts';
import { chosenFields } from '../query-values.ts';

/** Scopes that permit reading secrets (specified). */
const KEY_SCOPES = [
  'read:client_keys',
  'create:client_keys',
  'update:client_keys',
  'read:client_credentials',
];

/** Recorded: included whatever `fields` says. */
const ALWAYS = ['tenant'];

/** The response to a read. */
export function clientView(call: Call): (client: Client) => object {
  const showsSecrets = KEY_SCOPES.some((scope) => call.caller.scopes.has(scope));
  const choose = chosenFields(call.query, ALWAYS);
  return (client) => {
    const { client_secret: secret, ...view } = inFull(call, client);
    return choose({ ...view, ...(showsSecrets && secret !== undefined && { client_secret: secret }) });
  };
}

/** The response to a write (recorded): includes the secret, whatever the caller may read. */
export function writtenClientView(call: Call, client: Client): object {
  return inFull(call, client);
}

/**
 * Adds members that every response has, for writes and reads, first and third parties (recorded; recordings made through the types of an
 * SDK lack these members). The older name of `cross_origin_authentication` is included.
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
