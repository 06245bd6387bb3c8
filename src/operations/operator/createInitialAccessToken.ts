import { issue } from '../apps/initial-access-tokens.ts';
import type { Operation } from '../operation.ts';

export const createInitialAccessToken: Operation<
  'createInitialAccessToken',
  'apiKeys' | 'config' | 'initialAccessTokens'
> = ({ body, services, event }) => issue(services, body, { issuer: { kind: 'operator' }, event });
