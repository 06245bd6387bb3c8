/** Validates a metadata document against our rules and those of Auth0. Unknown members are ignored. */
import { createHash } from 'node:crypto';
import type { Check } from '../../contract/validators.ts';
import { withoutEmpty } from '../../contract/without-empty.ts';
import { Problem } from '../../problem.ts';
import type { ClientRegistration } from '../../registry/client-registration.ts';
import { checkClientMetadata, type SaidMetadata } from '../client-metadata.ts';
import type { ApplicationType } from '../redirect-uris.ts';

export interface DocumentMetadata {
  app: ClientRegistration;
  /** Hash of everything that is registered: when it changes, the app is registered again. */
  hash: string;
}

interface Rules {
  /** The contract's schema `ClientMetadata`. */
  check: Check;
  appScopes: readonly string[];
}

/** A client's new keys are registered after this time at the latest, on its next authorization request. */
const KEYS_ANEW_MS = 3_600_000;
const GRANT_TYPES = ['authorization_code', 'refresh_token'];
const METHODS = ['none', 'private_key_jwt'] as const;
/** Members that Auth0 validates even if they are null or empty (Auth0 docs, "CIMD validation rules"). */
const READ_BY_AUTHORITY = ['application_type', 'token_endpoint_auth_method', 'logo_uri'];
/** Secrets cannot be shared by a public document (draft section 4.1). */
const SECRETS = ['client_secret', 'client_secret_expires_at'];

/** @throws Problem `invalid_client`, `invalid_client_metadata`, `invalid_redirect_uri` */
export function readDocumentMetadata(
  document: Record<string, unknown>,
  address: string,
  { check, appScopes }: Rules,
): DocumentMetadata {
  const said = withoutEmpty(document);
  if (said['client_id'] !== address) throw wrong('client_id is not the address of the document');
  const empty = READ_BY_AUTHORITY.find((name) => document[name] !== undefined && said[name] === undefined);
  if (empty !== undefined) throw wrong(`${empty} is empty; leave it out instead`);
  const secret = SECRETS.find((name) => said[name] !== undefined);
  if (secret !== undefined) throw wrong(`${secret} has no place in a public document`);
  const { token_endpoint_auth_method = 'none', jwks_uri, ...rest } = said;
  const method = METHODS.find((one) => one === token_endpoint_auth_method);
  if (method === undefined) throw wrong(`token_endpoint_auth_method must be one of ${METHODS.join(', ')}`);
  // Auth0 docs, "CIMD JSON validation rules".
  if (document['jwks'] !== undefined) throw wrong('jwks is not supported; publish the keys at a jwks_uri');
  const keySet = method === 'private_key_jwt' ? readKeySet(jwks_uri, address) : undefined;
  if (typeof said['client_name'] !== 'string') throw wrong('client_name is missing');
  const faults = check(rest);
  if (faults) throw wrong(faults.map(({ pointer, message }) => `${pointer || 'it'} ${message}`).join('; '));
  // Auth0's default is `web`, whatever the redirect URIs are (Auth0 docs, "CIMD validation rules").
  const given = { application_type: 'web', ...rest } as SaidMetadata;
  // One document serves many authorization servers: grant types that only others support are not an error.
  const grant_types = given.grant_types?.filter((type) => GRANT_TYPES.includes(type));
  if (!grant_types?.includes('authorization_code'))
    throw wrong('grant_types must include authorization_code');
  const app = checkClientMetadata({ ...given, token_endpoint_auth_method: 'none' }, appScopes);
  const { client_name, redirect_uris, application_type, scope } = app;
  checkRedirects(redirect_uris, application_type);
  const { logo_uri } = given;
  const { description } = said;
  // Auth0 fetches the keys only when the document is registered.
  const keys = keySet !== undefined && [keySet, Math.floor(Date.now() / KEYS_ANEW_MS)];
  const registered = [
    client_name,
    redirect_uris,
    grant_types,
    application_type,
    scope,
    logo_uri,
    description,
    app.client_uri,
    app.localized,
  ];
  const hash = createHash('sha256').update(JSON.stringify([registered, keys]));
  // A decision on an app includes its authentication method.
  const authenticated: ClientRegistration = { ...app, token_endpoint_auth_method: method };
  if (keySet !== undefined) authenticated.jwks_uri = keySet;
  return { app: authenticated, hash: hash.digest('base64url') };
}

/** Auth0 refuses these in a document, although it accepts them in client registrations (Auth0 docs, "CIMD validation rules"). */
function checkRedirects(uris: readonly string[], type: ApplicationType): void {
  const isOnLoopback = (uri: string) => uri.startsWith('http:');
  if (type !== 'native' && uris.some(isOnLoopback))
    throw wrong('application_type must be native for redirect_uris on the loopback interface');
  const other = uris.findIndex((uri) => !uri.startsWith('https:') && !isOnLoopback(uri));
  if (other >= 0) throw wrong(`redirect_uris[${other}] is neither https nor on the loopback interface`);
  if (new Set(uris).size < uris.length) throw wrong('redirect_uris names one twice');
}

function readKeySet(keySet: unknown, address: string): string {
  if (
    typeof keySet !== 'string' ||
    !URL.canParse(keySet) ||
    new URL(keySet).origin !== new URL(address).origin
  )
    throw wrong('jwks_uri must be of the same origin as the document');
  return keySet;
}

function wrong(why: string): Problem {
  return new Problem('invalid_client_metadata', { detail: `In the document at client_id, ${why}.` });
}
