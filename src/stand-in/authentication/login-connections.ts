import type { UnknownObject } from 'oidc-provider';
import { tenantSettings } from '../management/tenant-settings/tenant-settings.ts';
import type { Client, Connection } from '../store/records.ts';
import { connectionsOf } from './accounts.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { isThirdParty } from './client-traits.ts';
import { OAuthError } from './oauth-error.ts';
import { asksAfterLogin, connectionsIn } from './organizations.ts';

type Services = Pick<AuthenticationServices, 'store' | 'settings'>;

/** Where the users of a sign-in may come from: what is enabled for the application, and in the organization if there is one. */
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
 * Which of them the login page asks. Auth0's "cannot select between" several databases (docs, "Multiple organization architecture"):
 * the way out is `connection`, the account's Default Directory, or an organization that has one of them only. Which database it asks
 * without any of these is not documented: here, the oldest. With `all`, it asks every one.
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

/** Auth0 docs, "Configure login flows": where users sign in first and choose an organization then, it need not be enabled. */
function defaultDirectory({ store }: Services, client: Client): Connection | undefined {
  const name = tenantSettings(store)['default_directory'];
  if (typeof name !== 'string' || !asksAfterLogin(client)) return undefined;
  const directory = store.connections.first('name', name);
  return directory && isThirdParty(client) && !directory.is_domain_connection ? undefined : directory;
}

/** @throws OAuthError for a connection that can't be used, which is overlooked while the page asks every one; the wording is guessed */
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
