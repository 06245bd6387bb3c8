import { issue } from './initial-access-tokens.ts';
import { makerOf } from '../api-keys/check-new-api-key.ts';
import type { Operation } from '../operation.ts';

export const createTenantInitialAccessToken: Operation<
  'createTenantInitialAccessToken',
  'apiKeys' | 'config' | 'initialAccessTokens'
> = ({ body, principal, services, event }) =>
  issue(services, body, {
    issuer: { kind: 'tenant', tenantId: principal.tenantId },
    maker: makerOf(principal),
    event,
  });
