import type { Call, Endpoint } from '../endpoint.ts';
import { clientView, knownClient } from './client-view.ts';

export const getClientEndpoint: Endpoint = {
  method: 'GET',
  path: '/clients/{id}',
  scopes: ['read:clients', 'read:client_keys', 'read:client_credentials', 'read:client_summary'],
  answer: (call: Call) => ({ status: 200, body: clientView(call)(knownClient(call)) }),
};
