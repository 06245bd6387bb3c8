/** An authorization request on its way to the authority, and as the page that asks for the tenant keeps it. */
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

/** The same request, for the sign-in page of one database. */
export const inDatabase = (request: Query, connection: string): Query => ({ ...request, connection });

/** Its address at the authority: browsers are sent there and nowhere else. */
export function addressOf({ config }: Pick<Services, 'config'>, request: Query): string {
  const location = new URL('authorize', config.AUTHORITY_URL);
  for (const [name, value] of Object.entries(request))
    for (const one of [value ?? []].flat()) location.searchParams.append(name, one);
  return location.href;
}
