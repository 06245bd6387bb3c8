import { completeConnection } from '../../../src/stand-in/management/connections/new-connection.ts';
import { discoveryUrlOf } from '../../../src/stand-in/management/connections/provider-metadata.ts';
import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import type { Connection } from '../../../src/stand-in/store/records.ts';
import { isObject } from './compare.ts';
import type { IdMap } from './id-map.ts';
import type { Interaction } from './recordings.ts';

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

/** Connections that a case lists and did not make, as it shows them. */
export function plantConnections(
  { store, url }: StandIn,
  ids: IdMap,
  interactions: readonly Interaction[],
): void {
  const made = new Set(
    interactions
      .filter(({ method }) => method === 'POST')
      .flatMap(({ response }) => connectionsIn(response).map(({ id }) => id)),
  );
  for (const { method, path, response } of interactions) {
    if (method !== 'GET' || !/^\/api\/v2\/connections(\?|$)/.test(path)) continue;
    for (const shown of connectionsIn(response)) {
      if (made.has(shown.id)) continue;
      const { name = shown.id, strategy = 'auth0' } = shown;
      // One of this name may be there: it is the same one.
      const { id } = store.connections.first('name', name) ?? shown;
      store.connections.put(completeConnection({ ...shown, id, name, strategy }, url));
      ids.set(shown.id, id);
    }
  }
}

function isSent(request: unknown): boolean {
  return isObject(request) && isObject(request['options']) && 'oidc_metadata' in request['options'];
}

function connectionsIn(response: unknown): (Partial<Connection> & { id: string })[] {
  const listed = isObject(response) ? response['connections'] : response;
  return (Array.isArray(listed) ? listed : [response]).filter(
    (one): one is Partial<Connection> & { id: string } =>
      isObject(one) && typeof one['id'] === 'string' && one['id'].startsWith('con_'),
  );
}
