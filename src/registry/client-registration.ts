/** Client metadata of an app (RFC 7591 section 2), validated by `registration/client-metadata.ts`. */
export interface ClientRegistration {
  client_name: string;
  redirect_uris: string[];
  token_endpoint_auth_method: AppAuthMethod;
  application_type: 'web' | 'native';
  /** Scopes of this API, and perhaps `offline_access`, separated by spaces. */
  scope: string;
  client_uri?: string;
  logo_uri?: string;
  tos_uri?: string;
  policy_uri?: string;
  contacts?: string[];
  jwks?: PublicKeys;
  jwks_uri?: string;
  software_id?: string;
  software_version?: string;
  /** As received. */
  software_statement?: string;
  /** Names and addresses in other languages, by member: `client_name#ja`. */
  localized?: Record<string, string>;
}

export type AppAuthMethod = 'none' | 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt';

/** RFC 7517: public keys only. */
export type PublicKeys = Record<'keys', Record<string, unknown>[]>;

/** Scope of OpenID Connect for refresh tokens (Core section 11); no client grant for this API contains it. */
export const OFFLINE_ACCESS = 'offline_access';

/** Scopes of this API that it may request. */
export function apiScopesOf({ scope }: Pick<ClientRegistration, 'scope'>): string[] {
  return scope.split(' ').filter((one) => one !== '' && one !== OFFLINE_ACCESS);
}

/** Whether it authenticates with a client secret. */
export function usesSecret({ token_endpoint_auth_method: method }: ClientRegistration): boolean {
  return method === 'client_secret_post' || method === 'client_secret_basic';
}
