/** Client metadata as a third-party app sends it (RFC 7591 section 2), made into what we register. */
import { isIP } from 'node:net';
import type { components } from '../contract/generated.ts';
import { Problem } from '../problem.ts';
import type { AppMetadata } from '../relay/jobs/registerApp.ts';

type Given = components['schemas']['ClientMetadata'];

const GRANT_TYPES = ['authorization_code', 'refresh_token'];
const AUTH_METHODS = ['none', 'client_secret_post', 'client_secret_basic'] as const;
/** RFC 8252 section 7.3 asks for the literal; `localhost` is accepted because so many clients send it. */
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * @param appScopes scopes that apps may have; what is asked for beyond them is cut (RFC 7591 section 3.2.1)
 * @throws Problem `invalid_redirect_uri`, `invalid_client_metadata`
 */
export function checkClientMetadata(given: Given, appScopes: readonly string[]): AppMetadata {
  const application_type = given.application_type ?? 'web';
  given.redirect_uris.forEach((uri, index) => checkRedirectUri(uri, index));
  const method = given.token_endpoint_auth_method ?? 'client_secret_basic';
  if (!isAuthMethod(method))
    throw refuse(`token_endpoint_auth_method must be one of ${AUTH_METHODS.join(', ')}`);
  const grantTypes = given.grant_types ?? ['authorization_code'];
  if (!grantTypes.includes('authorization_code') || !grantTypes.every((type) => GRANT_TYPES.includes(type))) {
    throw refuse('grant_types must be authorization_code, with or without refresh_token');
  }
  if (!(given.response_types ?? ['code']).every((type) => type === 'code'))
    throw refuse('response_types must be code');
  const asked = given.scope?.split(' ').filter(Boolean) ?? [...appScopes];
  const { client_uri, logo_uri, tos_uri, policy_uri, contacts, software_id, software_version } = given;
  const optional = { client_uri, logo_uri, tos_uri, policy_uri, contacts, software_id, software_version };
  return {
    client_name: given.client_name ?? 'Unnamed app',
    redirect_uris: [...given.redirect_uris],
    token_endpoint_auth_method: method,
    application_type,
    scope: appScopes.filter((scope) => asked.includes(scope)).join(' '),
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as object),
  };
}

function isAuthMethod(method: string): method is (typeof AUTH_METHODS)[number] {
  return (AUTH_METHODS as readonly string[]).includes(method);
}

function refuse(detail: string): Problem {
  return new Problem('invalid_client_metadata', { detail });
}

/** https anywhere; http on loopback only; private-use schemes in reverse domain order (RFC 8252 section 7). */
function checkRedirectUri(uri: string, index: number): void {
  const wrong = (why: string) =>
    new Problem('invalid_redirect_uri', { detail: `redirect_uris[${index}] ${why}` });
  if (!URL.canParse(uri)) throw wrong('is not an absolute URI');
  const url = new URL(uri);
  if (uri.includes('#')) throw wrong('has a fragment');
  if (url.username || url.password) throw wrong('has credentials');
  if (uri.includes('*')) throw wrong('has a wildcard');
  if (/[\s\\]/.test(uri)) throw wrong('has a character that no URI has');
  if (url.protocol === 'https:') {
    if (!url.hostname.includes('.') && !LOOPBACK.has(url.hostname) && !isIP(url.hostname))
      throw wrong('has no host');
    return;
  }
  if (url.protocol === 'http:') {
    if (!LOOPBACK.has(url.hostname)) throw wrong('is http, and not on the loopback interface');
    return;
  }
  if (!/^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/.test(url.protocol)) {
    throw wrong('has a scheme that is neither https nor a private-use scheme such as com.example.app');
  }
}
