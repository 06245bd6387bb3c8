import type { Call, Endpoint } from '../endpoint.ts';
import { knownResourceServer } from './known-resource-server.ts';
import { resourceServerView } from './resource-server-view.ts';

export const getResourceServerEndpoint: Endpoint = {
  method: 'GET',
  path: '/resource-servers/{id}',
  scopes: ['read:resource_servers'],
  answer: (call: Call) => ({ status: 200, body: resourceServerView(knownResourceServer(call)) }),
};
