import type { UnknownObject } from 'oidc-provider';
import { tenantSettings } from '../management/tenant-settings/tenant-settings.ts';
import type { Client, Connection } from '../store/records.ts';
import { connectionsOf } from './accounts.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { isThirdParty } from './client-traits.ts';
import { OAuthError } from './oauth-error.ts';
import { asksAfterLogin, connectionsIn } from './organizations.ts';

type Services = Pick<AuthenticationServices, 'store' | 'settings'>;

/** Connections of a sign-in: those enabled for the application, and for the organization if there is one. */
export function connectionsFor(
  { store, settings }: Services,
  client: Client,
  params: UnknownObject | undefined,
): Connection[] {
  const organization = params?.['organization'];
  if (typeof organization === 'string' && store.organizations.has(organization))
    return connectionsIn(store, client, organization);
  const enabled = connectionsOf(store, client);
  const directory =
    settings.loginDatabases === 'one' ? defaultDirectory({ store, settings }, client) : undefined;
  return directory && !enabled.includes(directory) ? [...enabled, directory] : enabled;
}

/**
 * The databases that the login page checks. Auth0 "cannot select between" several (docs, "Multiple organization architecture"); the
 * remedy is `connection`, the account's Default Directory, or an organization that has only one of them. Which database Auth0 uses
 * otherwise is not documented: here the oldest. With `all`, every one is checked.
 */
export function connectionsAsked(
  services: Services,
  client: Client,
  params: UnknownObject | undefined,
): Connection[] {
  const usable = connectionsFor(services, client, params);
  const named = usable.filter(({ name }) => name === params?.['connection']);
  if (named.length > 0) return named;
  if (services.settings.loginDatabases === 'all') return usable;
  const databases = usable.filter(({ strategy }) => strategy === 'auth0');
  const directory = tenantSettings(services.store)['default_directory'];
  return [databases.find(({ name }) => name === directory) ?? databases[0]].filter(
    (one) => one !== undefined,
  );
}

/** Auth0 docs, "Configure login flows": when users choose an organization after signing in, it need not be enabled. */
function defaultDirectory({ store }: Services, client: Client): Connection | undefined {
  const name = tenantSettings(store)['default_directory'];
  if (typeof name !== 'string' || !asksAfterLogin(client)) return undefined;
  const directory = store.connections.first('name', name);
  return directory && isThirdParty(client) && !directory.is_domain_connection ? undefined : directory;
}

/** @throws OAuthError for an unusable connection, which is ignored while the page checks all; the wording is guessed */
export function checkConnection(
  services: Services,
  client: Client,
  params: UnknownObject | undefined,
  name: string | undefined,
): void {
  if (name === undefined || services.settings.loginDatabases === 'all') return;
  if (!connectionsFor(services, client, params).some((one) => one.name === name))
    throw new OAuthError(400, 'invalid_request', 'the connection is not enabled');
}
