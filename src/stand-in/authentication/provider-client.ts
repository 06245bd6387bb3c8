import type { AdapterPayload } from 'oidc-provider';
import { methodFor } from '../management/clients/new-client.ts';
import type { Client } from '../store/records.ts';
import { usesKeys } from './client-assertion.ts';

/** Grant types of Auth0's that oidc-provider knows, too. */
const KNOWN_GRANT_TYPES = new Set(['authorization_code', 'refresh_token', 'client_credentials']);

/** An Auth0 client in the words of RFC 7591, made anew each time it is looked up: a change holds at once. */
export function providerClient(client: Client): AdapterPayload {
  const method = authenticationMethod(client);
  const callbacks = client.callbacks ?? [];
  const grantTypes = client.grant_types.filter((one) => KNOWN_GRANT_TYPES.has(one));
  // Without a callback nobody can come back from signing in; oidc-provider refuses such clients outright.
  const usable = callbacks.length > 0 ? grantTypes : grantTypes.filter((one) => one !== 'authorization_code');
  return {
    client_id: client.client_id,
    client_name: client.name,
    ...(method !== 'none' && { client_secret: client.client_secret ?? '' }),
    redirect_uris: callbacks,
    grant_types: usable,
    response_types: usable.includes('authorization_code') ? ['code'] : [],
    token_endpoint_auth_method: method,
    // Auth0 docs, "Demonstrating Proof-of-Possession (DPoP)": no token without a proof.
    dpop_bound_access_tokens: client['require_proof_of_possession'] === true,
    application_type: callbacks.some(isNative) ? 'native' : 'web',
  };
}

export function authenticationMethod(client: Client): NonNullable<Client['token_endpoint_auth_method']> {
  // Its secret is put there for it once its assertion was found good.
  if (usesKeys(client)) return 'client_secret_post';
  return client.token_endpoint_auth_method ?? methodFor(client.app_type);
}

/** Plain http on loopback and schemes of one's own are for native applications in oidc-provider, for all in Auth0. */
function isNative(callback: string): boolean {
  return !callback.startsWith('https:');
}
