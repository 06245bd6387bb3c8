import { list } from './initial-access-tokens.ts';
import type { Operation } from '../operation.ts';

export const listTenantInitialAccessTokens: Operation<'listTenantInitialAccessTokens'> = ({
  principal,
  services,
}) => list(services, { kind: 'tenant', tenantId: principal.tenantId });
