import type { components } from '../../contract/generated.ts';
import { Problem } from '../../problem.ts';
import { hasSameAims, type ChangeOverAims } from '../../registry/change-over.ts';
import { databaseOf, type Tenant } from '../../registry/tenants.ts';
import { chooseOrganization, chooseWebApp, type TenancySettings } from './choose-tenancy.ts';

type Asked = Pick<components['schemas']['NewChangeOver'], 'database' | 'organization' | 'web_app'>;

/**
 * What of a tenant is to be changed over: what it is already is left out.
 * @throws Problem `change_over_not_possible`, `change_over_under_way`, `tenancy_not_available`
 */
export function chooseChangeOver(tenant: Tenant, asked: Asked, settings: TenancySettings): ChangeOverAims {
  const { change_over } = tenant;
  const aims = differences(tenant, asked);
  if (change_over) {
    if (!hasSameAims(aims, change_over)) throw new Problem('change_over_under_way');
    return aims;
  }
  if (aims.web_app) chooseWebApp({}, settings);
  if (aims.organization) chooseOrganization(aims, settings);
  return aims;
}

function differences(tenant: Tenant, { database, organization, web_app }: Asked): ChangeOverAims {
  const isOrganization = tenant.organization !== undefined;
  // Until a change-over to an organization is finished, the tenant is one for a while only.
  const isOneForGood = isOrganization && tenant.change_over?.organization === undefined;
  if (database !== undefined && database !== databaseOf(tenant))
    throw impossible('/database', 'Its users cannot be moved to another database.');
  if (web_app === 'own' && tenant.shared_web_app)
    throw impossible('/web_app', 'It shares the web app, and is not given one of its own.');
  if (organization === 'none' && isOrganization)
    throw impossible('/organization', 'It is an organization, and does not cease to be one.');
  if (isOneForGood && organization?.startsWith('org_') && organization !== tenant.organization)
    throw impossible('/organization', 'It is another organization.');
  const aims: ChangeOverAims = {
    ...(web_app === 'shared' && !tenant.shared_web_app && { web_app }),
    ...(organization !== undefined && organization !== 'none' && !isOneForGood && { organization }),
  };
  if (aims.web_app === undefined && aims.organization === undefined)
    throw impossible('', 'It is as asked for already.');
  return aims;
}

function impossible(pointer: string, detail: string): Problem {
  const errors = [{ in: 'body' as const, pointer, code: 'not_possible', message: detail }];
  return new Problem('change_over_not_possible', { detail, errors });
}
