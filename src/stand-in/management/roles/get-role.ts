import type { Call, Endpoint } from '../endpoint.ts';
import { knownRole, roleView } from './role-rules.ts';

export const getRoleEndpoint: Endpoint = {
  method: 'GET',
  path: '/roles/{id}',
  scopes: ['read:roles'],
  answer: (call: Call) => ({ status: 200, body: roleView(knownRole(call)) }),
};
