import type { OrganizationConnection } from '../../store/records.ts';
import { inOrganization, type Store } from '../../store/store.ts';
import { ApiError, invalidBody } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Answer, type Call, type Endpoint } from '../endpoint.ts';
import { flag, readPage } from '../query-values.ts';
import { knownOrganization } from './known-organization.ts';
import { NEW_ORGANIZATION_CONNECTION, ORGANIZATION_CONNECTION_CHANGES } from './organization-rules.ts';

const PATH = '/organizations/{id}/enabled_connections';
const ONE = `${PATH}/{connection_id}`;

/** Recorded: only databases have sign-up settings, and each includes the connection. */
export function organizationConnectionView(store: Store): (one: OrganizationConnection) => object {
  return ({ organization_id: _whose, is_signup_enabled, ...shown }) => {
    const { name, strategy } = store.connections.get(shown.connection_id) ?? {};
    return {
      ...shown,
      ...(strategy === 'auth0' && { is_signup_enabled }),
      connection: { name, strategy },
    };
  };
}

/** @throws ApiError for an unknown connection, and for sign-up without membership (recorded) */
export function organizationConnection(
  store: Store,
  organizationId: string,
  input: Partial<OrganizationConnection> & { connection_id: string },
): OrganizationConnection {
  const connection = store.connections.get(input.connection_id);
  if (!connection) throw noConnection();
  const one: OrganizationConnection = {
    assign_membership_on_login: false,
    is_signup_enabled: false,
    show_as_button: true,
    ...input,
    organization_id: organizationId,
  };
  if (one.is_signup_enabled && !(connection.strategy === 'auth0' && one.assign_membership_on_login))
    throw new ApiError(
      400,
      'Only database connections with assign_membership_on_login = true support is_signup_enabled = true.',
      'invalid_body',
    );
  return one;
}

/** Recorded for reading one; guessed for an unknown one. */
function noConnection(): ApiError {
  return new ApiError(404, 'No connection found by that id');
}

function knownOne(call: Call): OrganizationConnection {
  const key = inOrganization(knownOrganization(call).id, call.params['connection_id'] ?? '');
  const one = call.store.organizationConnections.get(key);
  if (!one) throw noConnection();
  return one;
}

const enableConnectionEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:organization_connections'],
  logAs: 'Add a connection to an Organization',
  answer: (call: Call) => {
    const { store } = call;
    const { id } = knownOrganization(call);
    const input = checkBody(call.body, NEW_ORGANIZATION_CONNECTION) as { connection_id: string };
    const one = organizationConnection(store, id, input);
    // Guessed.
    if (store.organizationConnections.has(inOrganization(id, input.connection_id)))
      throw new ApiError(409, 'The connection is already enabled for the organization.');
    if (store.organizationConnections.count('organization', id) >= CONNECTIONS_MAX)
      throw invalidBody(`No more than ${CONNECTIONS_MAX} connections can be enabled for an organization`);
    return { status: 201, body: organizationConnectionView(store)(store.organizationConnections.put(one)) };
  },
};

/** Auth0 docs, "Entity limit policy"; the error beyond it is guessed. */
const CONNECTIONS_MAX = 10;

const listEnabledConnectionsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:organization_connections'],
  answer: (call: Call): Answer => {
    const { store, query } = call;
    const all = [...store.organizationConnections.by('organization', knownOrganization(call).id)];
    const { start, limit } = readPage(query);
    const shown = all.slice(start, start + limit).map(organizationConnectionView(store));
    if (!flag(query, 'include_totals')) return { status: 200, body: shown };
    // Recorded: the limit equals the number of entries.
    return {
      status: 200,
      body: { enabled_connections: shown, start, limit: shown.length, total: all.length },
    };
  },
};

const getEnabledConnectionEndpoint: Endpoint = {
  method: 'GET',
  path: ONE,
  scopes: ['read:organization_connections'],
  answer: (call: Call) => ({ status: 200, body: organizationConnectionView(call.store)(knownOne(call)) }),
};

const updateEnabledConnectionEndpoint: Endpoint = {
  method: 'PATCH',
  path: ONE,
  scopes: ['update:organization_connections'],
  logAs: 'Update a connection of an Organization',
  answer: (call: Call) => {
    const { store } = call;
    const before = knownOne(call);
    const changes = checkBody(call.body, ORGANIZATION_CONNECTION_CHANGES);
    const after = organizationConnection(store, before.organization_id, { ...before, ...changes });
    return { status: 200, body: organizationConnectionView(store)(store.organizationConnections.put(after)) };
  },
};

const disableConnectionEndpoint: Endpoint = {
  method: 'DELETE',
  path: ONE,
  scopes: ['delete:organization_connections'],
  logAs: 'Remove a connection from an Organization',
  // Recorded for an existing one; that a second time succeeds, too, is guessed.
  answer: (call: Call) => {
    const { id } = knownOrganization(call);
    call.store.organizationConnections.delete(inOrganization(id, call.params['connection_id'] ?? ''));
    return NO_CONTENT;
  },
};

export const ENABLED_CONNECTIONS: readonly Endpoint[] = [
  enableConnectionEndpoint,
  listEnabledConnectionsEndpoint,
  getEnabledConnectionEndpoint,
  updateEnabledConnectionEndpoint,
  disableConnectionEndpoint,
];
