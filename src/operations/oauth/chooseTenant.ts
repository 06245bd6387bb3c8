import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { addressOf, inTenant, openRequest } from './authorization-request.ts';
import { forgetTenant, rememberTenant } from './remembered-tenant.ts';

/**
 * A name that no tenant has goes on, too, without `connection`: the sign-in page that the authority shows then refuses the person in the
 * words that it has for a wrong password. Only where the answer leads is different, and what is there the authority shows to anybody.
 */
export const chooseTenant: Operation<
  'chooseTenant',
  'config' | 'publicUrl' | 'seal' | 'tenantDirectory'
> = async ({ body, services }) => {
  const request = openRequest(services, body.request);
  if (!request) throw new Problem('authorization_request_expired');
  const tenant = await services.tenantDirectory.find(body.identifier);
  const next = tenant ? inTenant(request, tenant) : request;
  return {
    status: 303,
    headers: {
      Location: addressOf(services, next),
      'Set-Cookie': body.remember ? rememberTenant(services, tenant?.id) : forgetTenant(services),
      'Cache-Control': 'no-store',
    },
  };
};
