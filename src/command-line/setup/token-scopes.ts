/** Scopes of the Management API that the set-up itself needs. Its token is short-lived, and stored nowhere. */
import { tokenPart } from './answers.ts';
import { SetupFailure } from './failure.ts';

const READ = [
  'read:tenant_settings',
  'read:resource_servers',
  'read:clients',
  'read:client_credentials',
  'read:client_grants',
  'read:actions',
  'read:connections',
  'read:custom_domains',
];
const WRITE = [
  'update:tenant_settings',
  'create:resource_servers',
  'update:resource_servers',
  'create:clients',
  'update:clients',
  'create:client_credentials',
  'create:client_grants',
  'update:client_grants',
  'create:actions',
  'update:actions',
];

const READ_EVENTS = ['read:event_streams'];
const WRITE_EVENTS = ['create:event_streams', 'update:event_streams'];

interface Wanted {
  /** Nothing is written. */
  check: boolean;
  /** There is to be an event stream. */
  events?: boolean | undefined;
}

export const scopesNeeded = ({ check, events = false }: Wanted): string[] => [
  ...READ,
  ...(events ? READ_EVENTS : []),
  ...(check ? [] : WRITE),
  ...(events && !check ? WRITE_EVENTS : []),
];

/**
 * Reports all missing scopes at once; Auth0 would report one with each run. A token that cannot be read is left to Auth0.
 * @throws SetupFailure
 */
export function checkTokenScopes(token: string, wanted: Wanted): void {
  const held = scopesOf(token);
  if (held === undefined) return;
  const missing = scopesNeeded(wanted).filter((scope) => !held.has(scope));
  if (missing.length === 0) return;
  throw new SetupFailure('refused', [
    `The access token lacks ${missing.join(', ')}.`,
    '  Get one with these scopes, too: authorize its client for them (APIs, Auth0 Management API), or',
    `  auth0 login --scopes ${missing.join(',')}`,
  ]);
}

function scopesOf(token: string): Set<string> | undefined {
  const claims = tokenPart(token, 1);
  return claims && 'scope' in claims ? new Set(String(claims['scope']).split(' ')) : undefined;
}
