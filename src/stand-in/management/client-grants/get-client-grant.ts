import type { Call, Endpoint } from '../endpoint.ts';
import { knownClientGrant } from './known-client-grant.ts';

export const getClientGrantEndpoint: Endpoint = {
  method: 'GET',
  path: '/client-grants/{id}',
  scopes: ['read:client_grants'],
  answer: (call: Call) => ({ status: 200, body: knownClientGrant(call) }),
};
