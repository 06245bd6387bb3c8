/** An authorization request on its way to the authority, and as the page that asks for the tenant keeps it. */
import type { Tenant } from '../../registry/tenants.ts';
import type { Services } from '../../services.ts';
import { openUnexpired, sealUntil } from '../sealed-until.ts';
import type { Query } from './this-api.ts';

/** How long a user may take to fill in the page, in milliseconds. */
const GOOD_MS = 3_600_000;
const PLACE = 'authorization-request';

type Needs = Pick<Services, 'seal'>;

/** Only requests that were checked are sealed, so only these can be sent on. */
export const sealRequest = ({ seal }: Needs, request: Query): string =>
  sealUntil(seal, request, PLACE, GOOD_MS);

/** @returns undefined when it is none that was sealed within an hour */
export const openRequest = ({ seal }: Needs, sealed: string): Query | undefined =>
  openUnexpired<Query>(seal, sealed, PLACE);

/**
 * The same request, for the sign-in page of one tenant: its organization's if it is one, else its database's. An organization names the
 * database, too, unless it is the one that the page asks anyway.
 */
export function forTenant(
  { config }: Pick<Services, 'config'>,
  request: Query,
  { connection, organization }: Pick<Tenant, 'connection' | 'organization'>,
): Query {
  if (organization === undefined) return inDatabase(request, connection);
  const next = { ...request, organization };
  return connection === config.SHARED_DATABASE ? next : inDatabase(next, connection);
}

export const inDatabase = (request: Query, connection: string): Query => ({ ...request, connection });

/** Its address at the authority: browsers are sent there and nowhere else. */
export function addressOf({ config }: Pick<Services, 'config'>, request: Query): string {
  const location = new URL('authorize', config.AUTHORITY_URL);
  for (const [name, value] of Object.entries(request))
    for (const one of [value ?? []].flat()) location.searchParams.append(name, one);
  return location.href;
}
