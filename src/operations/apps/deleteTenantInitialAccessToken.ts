import { remove } from './initial-access-tokens.ts';
import type { Operation } from '../operation.ts';

export const deleteTenantInitialAccessToken: Operation<
  'deleteTenantInitialAccessToken',
  'initialAccessTokens'
> = ({ path, principal, services, event }) =>
  remove(services, { kind: 'tenant', tenantId: principal.tenantId }, path.token_id, event);
