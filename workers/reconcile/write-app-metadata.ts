/** Writes the state of each app to its client's metadata at the authority, from which the registry can be rebuilt. */
import type { Management } from '../../src/auth0/management.ts';
import type { Apps } from '../../src/registry/apps.ts';
import { appToMetadata } from '../../src/registry/client-metadata.ts';
import type { AppClient, RegisteredClient } from '../../src/registry/clients.ts';
import type { Drift } from './drift.ts';
import { onFailure } from '../failures.ts';
import type { AuthorityState } from './read-authority.ts';

/** Clients of metadata documents have no metadata of ours, because the document describes them. */
const hasOwnMetadata = (client: RegisteredClient): client is AppClient =>
  client.kind === 'app' && client.registration === 'dynamic';

/** Writes outdated metadata of all apps. */
export async function writeAppMetadata(
  { management, dryRun }: { management: Management; dryRun: boolean },
  registry: readonly RegisteredClient[],
  { clients }: AuthorityState,
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  for (const app of registry.filter(hasOwnMetadata)) {
    const { client_id } = app;
    const client = clients.get(client_id);
    if (!client) continue;
    const wanted = appToMetadata(app);
    if (Object.entries(wanted).every(([name, value]) => (client.client_metadata[name] ?? '') === value))
      continue;
    if (!dryRun) await management.updateClient(client_id, { client_metadata: wanted });
    drifts.push({ what: 'stale_metadata', client_id, done: dryRun ? 'told' : 'mended' });
  }
  return drifts;
}

/** Writes the metadata of apps that changed since the last run. */
export async function writeChangedApps(apps: Apps, management: Management): Promise<void> {
  for (const id of await apps.listUnwritten()) {
    const stored = await apps.read(id);
    if (stored && hasOwnMetadata(stored.app))
      await management
        .updateClient(id, { client_metadata: appToMetadata(stored.app) })
        .catch(onFailure('not_found', () => undefined));
    // If it changed meanwhile, the next run writes it again.
    if ((await apps.read(id))?.text === stored?.text) await apps.removeUnwritten(id);
  }
}
