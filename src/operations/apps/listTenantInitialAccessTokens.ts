import { list } from './initial-access-tokens.ts';
import type { Operation } from '../operation.ts';

export const listTenantInitialAccessTokens: Operation<
  'listTenantInitialAccessTokens',
  'initialAccessTokens'
> = ({ principal, services }) => list(services, { kind: 'tenant', tenantId: principal.tenantId });
