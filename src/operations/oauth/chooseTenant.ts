import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { addressOf, forTenant, inDatabase, openRequest } from './authorization-request.ts';
import { forgetTenant, rememberTenant } from './remembered-tenant.ts';

/**
 * An unknown name goes on, too, to the shared database, or without `connection`: the authority's sign-in page then refuses the user as it
 * refuses a wrong password. Only the redirect target differs, and the authority itself reveals which connections exist.
 */
export const chooseTenant: Operation<
  'chooseTenant',
  'config' | 'publicUrl' | 'seal' | 'tenantDirectory'
> = async ({ body, services }) => {
  const request = openRequest(services, body.request);
  if (!request) throw new Problem('authorization_request_expired');
  const tenant = await services.tenantDirectory.find(body.identifier);
  const { SHARED_DATABASE } = services.config;
  const elsewhere = SHARED_DATABASE === undefined ? request : inDatabase(request, SHARED_DATABASE);
  const next = tenant ? forTenant(services, request, tenant) : elsewhere;
  return {
    status: 303,
    headers: {
      Location: addressOf(services, next),
      'Set-Cookie': body.remember ? rememberTenant(services, tenant?.id) : forgetTenant(services),
      'Cache-Control': 'no-store',
    },
  };
};
