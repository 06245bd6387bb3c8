/** Chooses the database and the web app of a new tenant: as requested, else by the deployment's settings. */
import type { ApiConfig } from '../../config.ts';
import type { components } from '../../contract/generated.ts';
import { Problem } from '../../problem.ts';
import type { CreateTenantInput } from '../../relay/jobs/createTenant.ts';

export type TenancySettings = Pick<
  ApiConfig,
  'SHARED_DATABASE' | 'TENANT_DATABASES' | 'TENANT_ORGANIZATIONS' | 'TENANT_WEB_APPS' | 'WEB_APP_CLIENT_IDS'
>;
type Asked = Pick<components['schemas']['NewTenant'], 'database' | 'connection' | 'web_app' | 'organization'>;

/** @throws Problem `tenancy_not_available` */
export function chooseTenancy(
  asked: Asked,
  settings: TenancySettings,
): Pick<CreateTenantInput, 'connection' | 'isDeploymentDatabase' | 'sharedClients' | 'organization'> {
  return {
    ...chooseDatabase(asked, settings),
    ...chooseWebApp(asked, settings),
    ...chooseOrganization(asked, settings),
  };
}

function chooseDatabase({ database, connection }: Asked, settings: TenancySettings) {
  const { SHARED_DATABASE, TENANT_DATABASES = SHARED_DATABASE ? BOTH : OWN_FIRST } = settings;
  const chosen = database ?? (connection === undefined ? TENANT_DATABASES[0] : 'shared');
  if (!TENANT_DATABASES.includes(chosen))
    throw unavailable(
      '/database',
      `This deployment does not offer tenants a database of the kind "${chosen}".`,
    );
  if (chosen === 'own') {
    if (connection !== undefined)
      throw unavailable(
        '/connection',
        "An existing connection is a shared database, never the tenant's own.",
      );
    return {};
  }
  const name = connection ?? SHARED_DATABASE;
  if (name === undefined)
    throw unavailable('/database', 'This deployment has no shared database: SHARED_DATABASE is not set.');
  return { connection: name, isDeploymentDatabase: name === SHARED_DATABASE || undefined };
}

export function chooseWebApp(
  { web_app }: Pick<Asked, 'web_app'>,
  { TENANT_WEB_APPS, WEB_APP_CLIENT_IDS }: TenancySettings,
) {
  const chosen = web_app ? 'own' : 'shared';
  if (!TENANT_WEB_APPS.includes(chosen))
    throw unavailable(
      '/web_app',
      `This deployment does not offer tenants a web app of the kind "${chosen}".`,
    );
  if (chosen === 'own') return {};
  if (WEB_APP_CLIENT_IDS.length === 0)
    throw unavailable('/web_app', 'This deployment has no shared web app: WEB_APP_CLIENT_IDS is not set.');
  return { sharedClients: WEB_APP_CLIENT_IDS };
}

export function chooseOrganization(
  { organization: asked }: Pick<Asked, 'organization'>,
  { TENANT_ORGANIZATIONS: allowed }: TenancySettings,
) {
  const organization = asked ?? (allowed[0] === 'none' ? 'none' : 'new');
  const chosen = organization === 'none' ? 'none' : 'organization';
  if (!allowed.includes(chosen))
    throw unavailable(
      '/organization',
      chosen === 'none'
        ? 'In this deployment each tenant is an organization.'
        : 'This deployment does not make tenants organizations.',
    );
  return chosen === 'none' ? {} : { organization };
}

const BOTH = ['shared', 'own'] as const;
const OWN_FIRST = ['own', 'shared'] as const;

function unavailable(pointer: string, detail: string): Problem {
  const errors = [{ in: 'body' as const, pointer, code: 'not_available', message: detail }];
  return new Problem('tenancy_not_available', { detail, errors });
}
