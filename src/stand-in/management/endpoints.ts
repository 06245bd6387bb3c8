import { createClientGrantEndpoint } from './client-grants/create-client-grant.ts';
import { deleteClientGrantEndpoint } from './client-grants/delete-client-grant.ts';
import { getClientGrantEndpoint } from './client-grants/get-client-grant.ts';
import { listClientGrantsEndpoint } from './client-grants/list-client-grants.ts';
import { updateClientGrantEndpoint } from './client-grants/update-client-grant.ts';
import { createClientEndpoint } from './clients/create-client.ts';
import { deleteClientEndpoint } from './clients/delete-client.ts';
import { getClientEndpoint } from './clients/get-client.ts';
import { listClientsEndpoint } from './clients/list-clients.ts';
import { rotateSecretEndpoint } from './clients/rotate-secret.ts';
import { updateClientEndpoint } from './clients/update-client.ts';
import { createConnectionEndpoint } from './connections/create-connection.ts';
import { getConnectionEndpoint } from './connections/get-connection.ts';
import { listConnectionsEndpoint } from './connections/list-connections.ts';
import { updateConnectionEndpoint } from './connections/update-connection.ts';
import type { Endpoint } from './endpoint.ts';
import { deleteGrantEndpoint } from './grants/delete-grant.ts';
import { deleteGrantsOfUserEndpoint } from './grants/delete-grants-of-user.ts';
import { listGrantsEndpoint } from './grants/list-grants.ts';
import { getLogEndpoint } from './logs/get-log.ts';
import { listLogsEndpoint } from './logs/list-logs.ts';
import { createResourceServerEndpoint } from './resource-servers/create-resource-server.ts';
import { deleteResourceServerEndpoint } from './resource-servers/delete-resource-server.ts';
import { getResourceServerEndpoint } from './resource-servers/get-resource-server.ts';
import { listResourceServersEndpoint } from './resource-servers/list-resource-servers.ts';
import { updateResourceServerEndpoint } from './resource-servers/update-resource-server.ts';
import { createUserEndpoint } from './users/create-user.ts';
import { deleteUserEndpoint } from './users/delete-user.ts';
import { getUserEndpoint } from './users/get-user.ts';
import { listUsersByEmailEndpoint } from './users/list-users-by-email.ts';
import { listUsersEndpoint } from './users/list-users.ts';
import { updateUserEndpoint } from './users/update-user.ts';

/** All that the Management API here answers. */
export const ENDPOINTS: readonly Endpoint[] = [
  createUserEndpoint,
  listUsersEndpoint,
  getUserEndpoint,
  updateUserEndpoint,
  deleteUserEndpoint,
  listUsersByEmailEndpoint,
  createClientEndpoint,
  listClientsEndpoint,
  getClientEndpoint,
  updateClientEndpoint,
  deleteClientEndpoint,
  rotateSecretEndpoint,
  createClientGrantEndpoint,
  listClientGrantsEndpoint,
  getClientGrantEndpoint,
  updateClientGrantEndpoint,
  deleteClientGrantEndpoint,
  listGrantsEndpoint,
  deleteGrantEndpoint,
  deleteGrantsOfUserEndpoint,
  createResourceServerEndpoint,
  listResourceServersEndpoint,
  getResourceServerEndpoint,
  updateResourceServerEndpoint,
  deleteResourceServerEndpoint,
  createConnectionEndpoint,
  listConnectionsEndpoint,
  getConnectionEndpoint,
  updateConnectionEndpoint,
  listLogsEndpoint,
  getLogEndpoint,
];
