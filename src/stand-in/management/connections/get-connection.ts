import type { Call, Endpoint } from '../endpoint.ts';
import { chosenFields } from '../query-values.ts';
import { knownConnection } from './known-connection.ts';

export const getConnectionEndpoint: Endpoint = {
  method: 'GET',
  path: '/connections/{id}',
  scopes: ['read:connections'],
  answer: (call: Call) => ({ status: 200, body: chosenFields(call.query)(knownConnection(call)) }),
};
