import type { ClientGrant } from '../../store/records.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { patched } from '../patched.ts';
import { CLIENT_GRANT_CHANGES } from './client-grant-rules.ts';
import { knownClientGrant } from './known-client-grant.ts';

export const updateClientGrantEndpoint: Endpoint = {
  method: 'PATCH',
  path: '/client-grants/{id}',
  scopes: ['update:client_grants'],
  logAs: 'Update a client grant',
  answer: (call: Call) => {
    const grant = knownClientGrant(call);
    const { scope, ...others } = checkBody(call.body, CLIENT_GRANT_CHANGES) as Partial<ClientGrant>;
    // Recorded: scopes that the API does not have are accepted, as on creation.
    // Specified: it may be null, which means none.
    const changes = { ...others, ...(scope !== undefined && { scope: scope ?? [] }) };
    const after = patched(grant, changes);
    return { status: 200, body: call.store.clientGrants.put(after) };
  },
};
