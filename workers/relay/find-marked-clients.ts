/** Finds clients at Auth0 by the id that was stored in their metadata on creation: for retries, and for cleaning up. */
import type { Auth0Client } from '../../src/auth0/management-clients.ts';
import type { Auth0WebApp } from '../../src/auth0/management-tenants.ts';
import type { Management } from '../../src/auth0/management.ts';

const PER_PAGE = 100;

/** Reads all pages of a list. */
export async function listAll<T>(list: (page: number, perPage: number) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let page = 0; ; page += 1) {
    const one = await list(page, PER_PAGE);
    found.push(...one);
    if (one.length < PER_PAGE) return found;
  }
}

/** @param keyIds of API keys */
export async function findKeyClients(
  management: Pick<Management, 'listMachineClients'>,
  keyIds: Iterable<string>,
): Promise<Auth0Client[]> {
  const clients = await listAll((page, perPage) => management.listMachineClients(page, perPage));
  return clients.filter(carries('key_id', keyIds));
}

export async function findAppClients(
  management: Pick<Management, 'listThirdPartyClients'>,
  registrationIds: Iterable<string>,
): Promise<Auth0Client[]> {
  const clients = await listAll((page, perPage) => management.listThirdPartyClients(page, perPage));
  return clients.filter(carries('registration_id', registrationIds));
}

/** @param jobId of the relay job that creates, or created, the tenant */
export async function findWebApps(
  management: Pick<Management, 'listWebApps'>,
  jobId: string,
): Promise<Auth0WebApp[]> {
  const clients = await listAll((page, perPage) => management.listWebApps(page, perPage));
  return clients.filter(carries('made_by', [jobId]));
}

function carries(member: string, ids: Iterable<string>) {
  const wanted = new Set<unknown>(ids);
  return ({ client_metadata }: Pick<Auth0Client, 'client_metadata'>) => wanted.has(client_metadata?.[member]);
}
