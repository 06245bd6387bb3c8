/** The part of an app's registration that a decision refers to. */
import { createHash } from 'node:crypto';
import { apiScopesOf, type ClientRegistration } from '../registry/client-registration.ts';
import type { AppIdentity } from '../registry/clients.ts';
import { isLoopback } from './redirect-uris.ts';

/** Metadata members, localized ones included, that determine `shown`. */
const SHOWN = /^(client_name#|(client_uri|logo_uri)(#|$))/;

export function identityOf(metadata: ClientRegistration): AppIdentity {
  return {
    name: metadata.client_name,
    shown: digest(shownMembers(metadata).sort(([a], [b]) => (a < b ? -1 : 1))),
    scopes: apiScopesOf(metadata),
    redirect_hosts: [...new Set(metadata.redirect_uris.map(hostOf))].sort(),
    keys: keysOf(metadata),
  };
}

const PARTS = ['name', 'shown', 'scopes', 'redirect_hosts', 'keys'] as const;

/** 96 bits: no accidental collisions. */
const VERSION_LENGTH = 16;

/** Different identities have different versions. */
export const versionOf = (identity: AppIdentity): string => digest(identity).slice(0, VERSION_LENGTH);

/**
 * The parts that are asserted by a party that asserts these metadata members (a software statement).
 * @param asserted names of members
 */
export function assertedParts(
  metadata: ClientRegistration,
  asserted: readonly string[],
): (keyof AppIdentity)[] {
  const says = (member: string) => asserted.includes(member);
  const hasKeys = metadata.jwks !== undefined || metadata.jwks_uri !== undefined;
  const said: Record<keyof AppIdentity, boolean> = {
    name: says('client_name'),
    shown: shownMembers(metadata).every(([member]) => says(member)),
    scopes: says('scope'),
    redirect_hosts: says('redirect_uris'),
    keys: says('token_endpoint_auth_method') && (!hasKeys || says('jwks') || says('jwks_uri')),
  };
  return PARTS.filter((part) => said[part]);
}

function shownMembers({ client_uri, logo_uri, localized }: ClientRegistration) {
  return Object.entries({ client_uri, logo_uri, ...localized }).filter(
    ([member, value]) => value !== undefined && SHOWN.test(member),
  );
}

/** Loopback counts as one host, with any port (RFC 8252 section 7.3). */
function hostOf(uri: string): string {
  const { protocol, host, hostname } = new URL(uri);
  if (isLoopback(hostname)) return 'loopback';
  return protocol === 'https:' ? host : protocol;
}

function keysOf({ token_endpoint_auth_method: method, jwks, jwks_uri }: ClientRegistration): string[] {
  return [
    `method ${method}`,
    ...(jwks_uri === undefined ? [] : [`jwks_uri ${jwks_uri}`]),
    ...(jwks?.keys ?? []).map((key) => `key ${digest([key['kty'], key['n'], key['e']])}`).sort(),
  ];
}

const digest = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url');
