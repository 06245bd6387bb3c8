import type { Call, Endpoint } from '../endpoint.ts';
import { connectionView, knownConnection } from './known-connection.ts';

export const getConnectionEndpoint: Endpoint = {
  method: 'GET',
  path: '/connections/{id}',
  scopes: ['read:connections'],
  answer: (call: Call) => ({ status: 200, body: connectionView(call.query)(knownConnection(call)) }),
};
