import { issue } from './initial-access-tokens.ts';
import type { Operation } from '../operation.ts';

export const createTenantInitialAccessToken: Operation<'createTenantInitialAccessToken'> = ({
  body,
  principal,
  services,
  event,
}) => issue(services, { kind: 'tenant', tenantId: principal.tenantId }, body, event);
