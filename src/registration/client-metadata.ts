/** Converts client metadata as a third-party app sends it (RFC 7591 section 2) into what is registered. */
import type { components } from '../contract/generated.ts';
import { withoutUndefined } from '../contract/without-undefined.ts';
import { Problem } from '../problem.ts';
import {
  OFFLINE_ACCESS,
  type AppAuthMethod,
  type ClientRegistration,
} from '../registry/client-registration.ts';
import { checkPublicKeys } from './public-keys.ts';
import { checkRedirectUris, isLoopback, type ApplicationType } from './redirect-uris.ts';

/** As in the contract, whose check removes null and empty values (`x-empty`). */
export type GivenMetadata = components['schemas']['ClientMetadata'];
/** After that check. */
export type SaidMetadata = { [K in keyof GivenMetadata]: Exclude<GivenMetadata[K], null> };

export interface MetadataRules {
  /** Used when no scope is left (RFC 7591 section 2: the server's default set); left out: `appScopes`. */
  defaultScopes?: readonly string[] | undefined;
  /** Redirect URIs that the operator allows regardless of their scheme (`REDIRECT_URI_EXCEPTIONS`); left out: where none apply. */
  redirectUriExceptions?: readonly string[];
}

export const AUTH_METHODS = ['none', 'client_secret_post', 'client_secret_basic', 'private_key_jwt'] as const;
/** Members with URLs of web pages. */
const PAGES = ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri'] as const;
/** RFC 7591 section 2.2: a member with a language tag (RFC 5646). */
const LOCALIZED =
  /^(client_name|client_uri|logo_uri|tos_uri|policy_uri)#[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,5}$/;
const MAX_LOCALIZED = 30;
const MAX_NAME = 100;
/** Markup, control characters, and bidirectional controls: the displayed name would differ from the stored one. */
// eslint-disable-next-line no-control-regex -- intended
const NOT_IN_NAMES = /[<>\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
/** RFC 6749 section 3.3. */
const SCOPE = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/**
 * @param appScopes scopes that apps may have; any others are removed from the request (RFC 7591 section 3.2.1)
 * @throws Problem `invalid_redirect_uri`, `invalid_client_metadata`
 */
export function checkClientMetadata(
  given: SaidMetadata,
  appScopes: readonly string[],
  { defaultScopes = appScopes, redirectUriExceptions }: MetadataRules = {},
): ClientRegistration {
  const { redirect_uris } = given;
  const application_type = checkRedirectUris(redirect_uris, readType(given), redirectUriExceptions);
  checkFlow(given);
  if (given.client_name !== undefined) checkName('client_name', given.client_name);
  for (const member of PAGES) if (given[member] !== undefined) checkPage(member, given[member]);
  const { client_uri, logo_uri, tos_uri, policy_uri, contacts, software_id, software_version } = given;
  const { software_statement, jwks_uri } = given;
  return withoutUndefined<ClientRegistration>({
    client_name: given.client_name?.trim() || 'Unnamed app',
    redirect_uris: [...redirect_uris],
    ...readAuthentication(given),
    application_type,
    scope: readScope(given.scope, appScopes, defaultScopes),
    client_uri,
    logo_uri,
    tos_uri,
    policy_uri,
    contacts,
    software_id,
    software_version,
    software_statement,
    jwks_uri,
    localized: readLocalized(given),
  });
}

function refuse(detail: string): Problem {
  return new Problem('invalid_client_metadata', { detail });
}

function readType({ application_type: type }: SaidMetadata): ApplicationType | undefined {
  if (type !== undefined && type !== 'web' && type !== 'native')
    throw refuse('application_type must be web or native');
  return type;
}

/** Requires the code flow (RFC 9700 section 2.1); other requested flows are not registered. */
function checkFlow({ grant_types = ['authorization_code'], response_types = ['code'] }: SaidMetadata): void {
  if (!grant_types.includes('authorization_code'))
    throw refuse('grant_types must include authorization_code, the only grant for apps');
  if (!response_types.includes('code')) throw refuse('response_types must include code');
}

function readAuthentication(
  given: SaidMetadata,
): Pick<ClientRegistration, 'token_endpoint_auth_method' | 'jwks'> {
  const method = given.token_endpoint_auth_method ?? 'client_secret_basic';
  if (!isAuthMethod(method))
    throw refuse(`token_endpoint_auth_method must be one of ${AUTH_METHODS.join(', ')}`);
  if (given.jwks !== undefined && given.jwks_uri !== undefined)
    throw refuse('jwks and jwks_uri must not both be present');
  if (given.jwks_uri !== undefined) checkPage('jwks_uri', given.jwks_uri);
  if (method !== 'private_key_jwt') return { token_endpoint_auth_method: method };
  // Fetching keys, repeatedly, from a URL that the client chooses is not supported.
  if (given.jwks_uri !== undefined) throw refuse('jwks_uri is not fetched; send the keys themselves as jwks');
  if (given.jwks === undefined) throw refuse('jwks is needed for private_key_jwt');
  return { token_endpoint_auth_method: method, jwks: checkPublicKeys(given.jwks) };
}

function isAuthMethod(method: string): method is AppAuthMethod {
  return AUTH_METHODS.some((one) => one === method);
}

/** An app without any scope of this API is refused: users would consent to something that cannot do anything. */
function readScope(
  scope: string | undefined,
  appScopes: readonly string[],
  defaultScopes: readonly string[],
): string {
  if (scope !== undefined && !SCOPE.test(scope))
    throw refuse('scope must be a list of scopes separated by spaces');
  const asked = scope?.split(' ') ?? [];
  const wanted = appScopes.some((one) => asked.includes(one)) ? asked : [...asked, ...defaultScopes];
  return [...appScopes, OFFLINE_ACCESS].filter((one) => wanted.includes(one)).join(' ');
}

/** A localized member whose name is not well-formed is unknown, and ignored like any unknown member. */
function readLocalized(given: SaidMetadata): Record<string, string> | undefined {
  const found = Object.entries<unknown>(given).filter(([member]) => LOCALIZED.test(member));
  if (found.length === 0) return undefined;
  if (found.length > MAX_LOCALIZED) throw refuse(`there are more than ${MAX_LOCALIZED} localized members`);
  return Object.fromEntries(
    found.map(([member, value]) => [
      member,
      member.startsWith('client_name#') ? checkName(member, value) : checkPage(member, value),
    ]),
  );
}

function checkName(member: string, value: unknown): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > MAX_NAME)
    throw refuse(`${member} must be text of at most ${MAX_NAME} characters`);
  if (NOT_IN_NAMES.test(value)) throw refuse(`${member} has a character that is not allowed in a name`);
  return value;
}

/** Shown to people as links: must not be executable by a browser. */
function checkPage(member: string, value: unknown): string {
  if (typeof value !== 'string' || value.length > 2_048 || !URL.canParse(value))
    throw refuse(`${member} must be an absolute https URL`);
  const { protocol, hostname, username, password } = new URL(value);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  if (!isSafe || username || password) throw refuse(`${member} must be an https URL without credentials`);
  return value;
}
