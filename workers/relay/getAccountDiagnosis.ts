import type { Management } from '../../src/auth0/management.ts';
import { WORKER_SCOPES } from '../../src/auth0/worker-scopes.ts';
import { clockOffsetMs } from '../../src/redis/clock.ts';
import { idAtAuthority } from '../../src/registry/apps.ts';
import type { RegisteredClient } from '../../src/registry/clients.ts';
import type { AccountDiagnosis } from '../../src/relay/jobs/getAccountDiagnosis.ts';
import type { Performer } from './performer.ts';

/** Auth0's largest page. */
const PER_PAGE = 100;
/** Of each of the three lists: larger accounts are compared by the upkeep only. */
const MAX_PAGES = 10;
/** Lists may lag behind, so each client is asked for, too: so many at most. */
const MAX_CONFIRMED = 20;

export const getAccountDiagnosis: Performer<'getAccountDiagnosis'> = async ({ management, listClients }) => {
  const { applications, clockOffsetMs: authorityMs, scopes } = await management.readAccount();
  // What is registered after the lists were read must not count as missing there.
  const registered = await listClients();
  const listed = await listedIds(management);
  return {
    applications,
    missingScopes: scopes ? WORKER_SCOPES.filter((scope) => !scopes.includes(scope)) : [],
    vanished: await compare(management, registered, listed),
    workerMs: Math.round(clockOffsetMs()),
    ...(authorityMs !== undefined && { authorityMs: Math.round(authorityMs) }),
  };
};

/** @returns undefined when there are too many */
async function listedIds(management: Management): Promise<Set<string> | undefined> {
  const lists: ((page: number, perPage: number) => Promise<{ client_id: string }[]>)[] = [
    (page, perPage) => management.listWebApps(page, perPage),
    (page, perPage) => management.listMachineClients(page, perPage),
    (page, perPage) => management.listThirdPartyClients(page, perPage),
  ];
  const ids = new Set<string>();
  for (const list of lists)
    for (let page = 0; ; page += 1) {
      if (page === MAX_PAGES) return undefined;
      const clients = await list(page, PER_PAGE);
      for (const { client_id } of clients) ids.add(client_id);
      if (clients.length < PER_PAGE) break;
    }
  return ids;
}

async function compare(
  management: Management,
  registered: readonly RegisteredClient[],
  listed: Set<string> | undefined,
): Promise<AccountDiagnosis['vanished']> {
  if (!listed) return { compared: false, total: 0, first: [] };
  const missing = registered.filter((client) => !listed.has(idAtAuthority(client)));
  const first: AccountDiagnosis['vanished']['first'] = [];
  for (const client of missing.slice(0, MAX_CONFIRMED)) {
    if (await management.clientExists(idAtAuthority(client))) continue;
    const { client_id, kind } = client;
    first.push({ client_id, kind, ...(client.kind !== 'app' && { tenant_id: client.tenant_id }) });
  }
  const unconfirmed = Math.max(0, missing.length - MAX_CONFIRMED);
  return { compared: true, total: first.length + unconfirmed, first };
}
