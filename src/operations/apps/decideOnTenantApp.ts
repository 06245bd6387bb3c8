import { Problem } from '../../problem.ts';
import { makerOf } from '../api-keys/check-new-api-key.ts';
import type { Operation } from '../operation.ts';
import { accessByDefault } from './access-by-default.ts';
import { presentTenantApp } from './present-app.ts';
import { redisTimestamp } from '../../redis/clock.ts';

export const decideOnTenantApp: Operation<
  'decideOnTenantApp',
  'appAdministration' | 'config' | 'tenants'
> = async ({ body, event, path, principal, services }) => {
  const { tenantId } = principal;
  const decision =
    body.decision === 'undecided'
      ? undefined
      : { access: body.decision, decided_by: makerOf(principal), decided_at: redisTimestamp() };
  const app = await services.appAdministration.decide(
    tenantId,
    { clientId: path.client_id, version: body.version },
    decision,
    event,
  );
  if (!app) throw new Problem('not_found');
  return { status: 200, body: presentTenantApp(app, tenantId, await accessByDefault(services, tenantId)) };
};
