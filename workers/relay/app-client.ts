/** Converts an app's registration into an Auth0 client. */
import { createPublicKey } from 'node:crypto';
import type { ClientCredentials, NewAuth0Client } from '../../src/auth0/management-clients.ts';
import { appToMetadata } from '../../src/registry/client-metadata.ts';
import type { AppEntry } from '../../src/relay/jobs/registerApp.ts';
import type { ClientRegistration, PublicKeys } from '../../src/registry/client-registration.ts';

/** Auth0's default is `deny` (Auth0 docs, "Define organization behavior"). Sent only where tenants may be organizations. */
export const ALLOW_ORGANIZATIONS = { organization_usage: 'allow' as const };

/** @param entry of the registry, stored in the client's metadata so that the registry can be rebuilt */
export function toClient(
  metadata: ClientRegistration,
  registrationId: string,
  entry: AppEntry,
): NewAuth0Client {
  const { logo_uri } = metadata;
  return {
    ...common(metadata),
    logo_uri: logo_uri || undefined,
    ...authentication(metadata),
    client_metadata: { ...withoutEmpty(appToMetadata(entry)), registration_id: registrationId },
  };
}

function withoutEmpty(metadata: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== ''));
}

/** Update of an existing client: fields left out are removed. Keys have endpoints of their own. */
export function toClientChanges(metadata: ClientRegistration): Record<string, unknown> {
  const { token_endpoint_auth_method: method, logo_uri = '' } = metadata;
  const authenticatedBySecret = { token_endpoint_auth_method: method, client_authentication_methods: null };
  const changes = { ...common(metadata), logo_uri };
  return method === 'private_key_jwt' ? changes : { ...changes, ...authenticatedBySecret };
}

function common({ client_name, redirect_uris, application_type }: ClientRegistration) {
  return {
    name: client_name,
    callbacks: redirect_uris,
    app_type: application_type === 'native' ? ('native' as const) : ('regular_web' as const),
  };
}

type Authentication = Pick<NewAuth0Client, 'token_endpoint_auth_method' | 'client_authentication_methods'>;

/** `client_authentication_methods` and `token_endpoint_auth_method` exclude each other (Auth0 docs, "Configure private key JWT authentication"). */
function authentication({ token_endpoint_auth_method: method, jwks }: ClientRegistration): Authentication {
  if (method !== 'private_key_jwt') return { token_endpoint_auth_method: method };
  return {
    client_authentication_methods: { private_key_jwt: { credentials: toCredentials(jwks ?? { keys: [] }) } },
  };
}

export function toCredentials({ keys }: PublicKeys): ClientCredentials[] {
  return keys.map((key, index) => ({
    credential_type: 'public_key',
    name: typeof key['kid'] === 'string' ? key['kid'] : `key ${index + 1}`,
    // Without a kid Auth0 assigns one, and refuses assertions with the app's own.
    kid: typeof key['kid'] === 'string' ? key['kid'] : undefined,
    pem: createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString(),
    alg: typeof key['alg'] === 'string' ? key['alg'] : 'RS256',
  }));
}
