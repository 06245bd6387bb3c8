import { deployAction, newAction } from '../../../src/stand-in/management/actions/new-action.ts';
import { completeClient } from '../../../src/stand-in/management/clients/new-client.ts';
import { completeConnection } from '../../../src/stand-in/management/connections/new-connection.ts';
import { discoveryUrlOf } from '../../../src/stand-in/management/connections/provider-metadata.ts';
import {
  canonicalDomain,
  newCustomDomain,
} from '../../../src/stand-in/management/custom-domains/new-custom-domain.ts';
import { newEventStream } from '../../../src/stand-in/management/event-streams/new-event-stream.ts';
import { completeResourceServer } from '../../../src/stand-in/management/resource-servers/new-resource-server.ts';
import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import type { ClientGrant, Connection } from '../../../src/stand-in/store/records.ts';
import { isObject } from './compare.ts';
import type { IdMap } from './id-map.ts';
import type { Interaction } from './recordings.ts';

type Shown = Record<string, unknown>;

interface Kind {
  /** What an object around a list calls it. */
  list: string;
  id: string;
  /** @returns the id by which it is known here */
  plant: (standIn: StandIn, shown: Shown, id: string) => string;
}

/** By their paths. */
const KINDS: Readonly<Record<string, Kind>> = {
  connections: {
    list: 'connections',
    id: 'id',
    plant: ({ store, url }, { name, strategy, ...shown }, recorded) => {
      const called = typeof name === 'string' ? name : recorded;
      // One of this name may be there: it is the same one.
      const id = store.connections.first('name', called)?.id ?? recorded;
      const connection = { strategy: 'auth0', ...(typeof strategy === 'string' && { strategy }) };
      store.connections.put(completeConnection({ ...shown, ...connection, id, name: called }, url));
      return id;
    },
  },
  clients: {
    list: 'clients',
    id: 'client_id',
    plant: ({ store }, shown, id) => {
      if (!store.clients.has(id)) store.clients.put(completeClient({ name: id, ...shown }));
      return id;
    },
  },
  'resource-servers': {
    list: 'resource_servers',
    id: 'id',
    plant: ({ store }, shown, id) => {
      // As it is shown, also where Auth0 decides what it is like.
      store.resourceServers.put({ ...completeResourceServer({ identifier: id }), ...shown, id });
      return id;
    },
  },
  roles: {
    list: 'roles',
    id: 'id',
    plant: ({ store }, shown, id) => {
      store.roles.put({ name: id, permissions: [], ...shown, id });
      return id;
    },
  },
  'actions/actions': {
    list: 'actions',
    id: 'id',
    plant: (standIn, shown, id) => {
      plantAction(standIn, shown, id);
      return id;
    },
  },
  'custom-domains': {
    list: 'custom_domains',
    id: 'custom_domain_id',
    plant: ({ store, url }, shown, id) => {
      const { domain_metadata: _metadata, ...domain } = newCustomDomain({ domain: id, type: '' }, url);
      store.customDomains.put({ ...domain, ...shown, custom_domain_id: id });
      return id;
    },
  },
  'log-streams': {
    list: 'log_streams',
    id: 'id',
    plant: ({ store }, shown, id) => {
      store.logStreams.put({ name: id, type: 'http', status: 'active', sink: {}, ...shown, id });
      return id;
    },
  },
  'event-streams': {
    list: 'eventStreams',
    id: 'id',
    plant: ({ store }, shown, id) => {
      store.eventStreams.put({ ...newEventStream({ name: id, subscriptions: [] }, 0, ''), ...shown, id });
      return id;
    },
  },
  'client-grants': {
    list: 'client_grants',
    id: 'id',
    plant: ({ store }, shown, id) => {
      store.clientGrants.put({ audience: '', scope: [], ...(shown as Partial<ClientGrant>), id });
      return id;
    },
  },
};

/** Actions that are shown with what is deployed of them. */
function plantAction({ store }: StandIn, shown: Shown, id: string): void {
  const action = newAction({ name: id, ...shown }, { at: Date.parse('2023-01-01'), runtime: 'node16' });
  store.actions.put({ ...action, id });
  const { deployed_version: deployed } = shown;
  if (!isObject(deployed)) return;
  const { version } = deployAction(store, { ...action, id }, action, Date.now());
  store.actionVersions.put({ ...version, number: Number(deployed['number']) });
}

/** A new custom domain that is not the primary one tells of another; and of the account's own one the default domain tells. */
export function plantDomains(
  { store, url }: StandIn,
  ids: IdMap,
  interactions: readonly Interaction[],
): void {
  for (const { path, response } of interactions) {
    if (!path.startsWith('/api/v2/custom-domains') || !isObject(response)) continue;
    const { domain, custom_domain_id: id, primary } = response;
    if (typeof domain === 'string' && id === undefined) ids.set(domain, canonicalDomain(url));
    if (primary === false && store.customDomains.size === 0)
      store.customDomains.put(newCustomDomain({ domain: 'the-primary-one.example', type: '' }, url));
  }
}

/** What a case shows or changes and did not make, as it is first shown. */
export function plantThings(standIn: StandIn, ids: IdMap, interactions: readonly Interaction[]): void {
  for (const [path, kind] of Object.entries(KINDS)) {
    const isOfKind = new RegExp(`^/api/v2/${path}(/[^/?]+)?(\\?|$)`);
    const ofKind = interactions.filter((one) => isOfKind.test(one.path) && one.status < 300);
    const made = interactions.filter(({ method }) => method === 'POST');
    const known = new Set(made.flatMap((one) => shownIn(one, kind).map(([id]) => id)));
    for (const one of ofKind)
      for (const [id, shown] of shownIn(one, kind)) {
        if (known.has(id)) continue;
        known.add(id);
        ids.set(id, kind.plant(standIn, shown, id));
      }
  }
}

function shownIn({ response }: Interaction, { list, id }: Kind): [id: string, shown: Shown][] {
  const listed = isObject(response) ? (response[list] ?? response) : response;
  return [listed].flat().flatMap((one): [string, Shown][] => {
    const known = isObject(one) ? one[id] : undefined;
    return isObject(one) && typeof known === 'string' ? [[known, one]] : [];
  });
}

/** What other providers published when the recording was made: Auth0 shows it as `oidc_metadata` of whoever did not send it. */
export function plantProviders({ store }: StandIn, interactions: readonly Interaction[]): void {
  for (const { request, response } of interactions)
    for (const { options } of connectionsIn(response)) {
      const { domain, discovery_url: url, oidc_metadata: metadata } = options ?? {};
      if (!isObject(metadata) || isSent(request)) continue;
      const discoveryUrl = typeof domain === 'string' ? discoveryUrlOf(domain) : url;
      if (typeof discoveryUrl === 'string')
        store.identityProviders.put({ discovery_url: discoveryUrl, metadata });
    }
}

function isSent(request: unknown): boolean {
  return isObject(request) && isObject(request['options']) && 'oidc_metadata' in request['options'];
}

function connectionsIn(response: unknown): Partial<Connection>[] {
  const listed = isObject(response) ? (response['connections'] ?? response) : response;
  return [listed].flat().filter((one): one is Partial<Connection> => isObject(one));
}

/** The metadata document of a client that was registered by one, as far as the client tells of it. */
export function plantDocuments({ store }: StandIn, interactions: readonly Interaction[]): void {
  for (const { response } of interactions) {
    if (!isObject(response) || response['external_metadata_type'] !== 'cimd') continue;
    const { external_client_id: address, name, callbacks, grant_types, app_type, logo_uri } = response;
    if (typeof address !== 'string') continue;
    const metadata = {
      client_id: address,
      client_name: name,
      redirect_uris: callbacks,
      grant_types,
      application_type: app_type === 'native' ? 'native' : 'web',
      ...(logo_uri !== undefined && { logo_uri }),
    };
    store.identityProviders.put({ discovery_url: address, metadata });
  }
}
