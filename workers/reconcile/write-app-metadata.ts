/** Keeps with each app's client at the authority what was decided on it, so that it can be made anew from there. */
import type { Management } from '../../src/auth0/management.ts';
import type { Apps } from '../../src/registry/apps.ts';
import { appToMetadata } from '../../src/registry/client-metadata.ts';
import type { AppClient, RegisteredClient } from '../../src/registry/clients.ts';
import type { Drift } from './drift.ts';
import { onFailure } from '../failures.ts';
import type { AuthorityState } from './read-authority.ts';

/** What came by a metadata document is told of by the document: its client says nothing of its own. */
const saysOwn = (client: RegisteredClient): client is AppClient =>
  client.kind === 'app' && client.registration === 'dynamic';

/** All of them that are not as they should be. */
export async function writeAppMetadata(
  { management, dryRun }: { management: Management; dryRun: boolean },
  registry: readonly RegisteredClient[],
  { clients }: AuthorityState,
): Promise<Drift[]> {
  const drifts: Drift[] = [];
  for (const app of registry.filter(saysOwn)) {
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

/** Those that have changed since it was last done. */
export async function writeChangedApps(apps: Apps, management: Management): Promise<void> {
  for (const id of await apps.listUnwritten()) {
    const stored = await apps.read(id);
    if (stored && saysOwn(stored.app))
      await management
        .updateClient(id, { client_metadata: appToMetadata(stored.app) })
        .catch(onFailure('not_found', () => undefined));
    // Changed meanwhile: it comes round again.
    if ((await apps.read(id))?.text === stored?.text) await apps.removeUnwritten(id);
  }
}
