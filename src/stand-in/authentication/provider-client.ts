import type { AdapterPayload } from 'oidc-provider';
import { methodFor } from '../management/clients/new-client.ts';
import type { Client } from '../store/records.ts';
import { usesKeys } from './client-assertion.ts';

/** Auth0's grant types that oidc-provider supports, too. */
const KNOWN_GRANT_TYPES = new Set(['authorization_code', 'refresh_token', 'client_credentials']);

/** Converts an Auth0 client into RFC 7591 metadata on every lookup, so that changes take effect immediately. */
export function providerClient(client: Client): AdapterPayload {
  const method = authenticationMethod(client);
  const callbacks = client.callbacks ?? [];
  const grantTypes = client.grant_types.filter((one) => KNOWN_GRANT_TYPES.has(one));
  // Without a callback the code flow is unusable; oidc-provider refuses such clients outright.
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
  // `settleAssertion` adds the secret once the assertion has been verified.
  if (usesKeys(client)) return 'client_secret_post';
  return client.token_endpoint_auth_method ?? methodFor(client.app_type);
}

/** Plain http on loopback and private-use schemes require native applications in oidc-provider, but not in Auth0. */
function isNative(callback: string): boolean {
  return !callback.startsWith('https:');
}
