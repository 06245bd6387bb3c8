import type { Store } from '../../store/store.ts';

export type Metadata = Readonly<Record<string, unknown>>;

/** URL of a provider's metadata (OpenID Connect Discovery 1.0, section 4). */
export function discoveryUrlOf(domain: string): string {
  return `https://${domain}/.well-known/openid-configuration`;
}

/** Metadata published at a URL: from the seed, or as recorded. Nothing is fetched. */
export function publishedMetadata(store: Store, discoveryUrl: string): Metadata | undefined {
  const seeded = store.identityProviders.get(discoveryUrl);
  if (seeded) return seeded.metadata;
  const okta = OKTA_URL.exec(discoveryUrl)?.[1];
  return okta === undefined ? PUBLISHED.get(discoveryUrl) : oktaMetadata(okta);
}

const OKTA_URL =
  /^https:\/\/([\w.-]+\.(?:okta|oktapreview|okta-emea)\.com)\/\.well-known\/openid-configuration$/;

const SIGNATURES = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];
const SIGNATURES_OF_REQUESTS = ['HS256', 'HS384', 'HS512', ...SIGNATURES];
const CLIENT_AUTHENTICATION = [
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'none',
];

/** Recorded in 2026: the metadata of every Okta organization, except for its domain. */
export function oktaMetadata(domain: string): Metadata {
  const at = (path: string): string => `https://${domain}/oauth2/v1/${path}`;
  return {
    issuer: `https://${domain}`,
    authorization_endpoint: at('authorize'),
    token_endpoint: at('token'),
    userinfo_endpoint: at('userinfo'),
    registration_endpoint: at('clients'),
    jwks_uri: at('keys'),
    introspection_endpoint: at('introspect'),
    revocation_endpoint: at('revoke'),
    end_session_endpoint: at('logout'),
    device_authorization_endpoint: at('device/authorize'),
    pushed_authorization_request_endpoint: at('par'),
    response_types_supported: [
      'code',
      'id_token',
      'code id_token',
      'code token',
      'id_token token',
      'code id_token token',
    ],
    response_modes_supported: ['query', 'fragment', 'form_post', 'okta_post_message'],
    grant_types_supported: [
      'authorization_code',
      'implicit',
      'refresh_token',
      'password',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:openid:params:grant-type:ciba',
      'urn:okta:params:oauth:grant-type:otp',
      'http://auth0.com/oauth/grant-type/mfa-otp',
      'urn:okta:params:oauth:grant-type:oob',
      'http://auth0.com/oauth/grant-type/mfa-oob',
    ],
    subject_types_supported: ['public'],
    scopes_supported: ['openid', 'email', 'profile', 'address', 'phone', 'offline_access', 'groups'],
    claims_supported: [
      'iss',
      'ver',
      'sub',
      'aud',
      'iat',
      'exp',
      'jti',
      'auth_time',
      'amr',
      'idp',
      'nonce',
      'name',
      'nickname',
      'preferred_username',
      'given_name',
      'middle_name',
      'family_name',
      'email',
      'email_verified',
      'profile',
      'zoneinfo',
      'locale',
      'address',
      'phone_number',
      'picture',
      'website',
      'gender',
      'birthdate',
      'updated_at',
      'at_hash',
      'c_hash',
    ],
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256'],
    id_token_encryption_alg_values_supported: ['RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'],
    id_token_encryption_enc_values_supported: ['A256GCM'],
    token_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
    introspection_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
    revocation_endpoint_auth_methods_supported: CLIENT_AUTHENTICATION,
    request_parameter_supported: true,
    request_object_signing_alg_values_supported: SIGNATURES_OF_REQUESTS,
    backchannel_token_delivery_modes_supported: ['poll'],
    backchannel_authentication_request_signing_alg_values_supported: SIGNATURES_OF_REQUESTS,
    dpop_signing_alg_values_supported: SIGNATURES,
  };
}

/** Recorded for providers with a single issuer. */
const PUBLISHED: ReadonlyMap<string, Metadata> = new Map([
  [
    'https://www.paypalobjects.com/.well-known/openid-configuration',
    {
      issuer: 'https://www.paypal.com',
      authorization_endpoint: 'https://www.paypal.com/signin/authorize',
      registration_endpoint: 'https://api.paypal.com/v1/oauth2/applications',
      token_endpoint: 'https://api.paypal.com/v1/oauth2/token',
      userinfo_endpoint: 'https://api.paypal.com/v1/oauth2/token/userinfo',
      jwks_uri: 'https://api.paypal.com/v1/oauth2/certs',
      revocation_endpoint: 'https://api.paypal.com/v1/oauth2/revoke',
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
      response_types_supported: ['code', 'code id_token'],
      response_modes_supported: ['query', 'form_post'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      subject_types_supported: ['pairwise'],
      scopes_supported: [
        'email',
        'address',
        'phone',
        'openid',
        'profile',
        'https://uri.paypal.com/services/wallet/sendmoney',
        'https://uri.paypal.com/services/payments/futurepayments',
        'https://uri.paypal.com/services/expresscheckout',
      ],
      id_token_signing_alg_values_supported: ['HS256', 'RS256'],
      claims_supported: ['aud', 'iss', 'iat', 'exp', 'auth_time', 'nonce', 'sessionIndex', 'user_id'],
      code_challenge_methods_supported: ['RS256', 'ES256', 'S256'],
    },
  ],
]);
