import { list } from '../apps/initial-access-tokens.ts';
import type { Operation } from '../operation.ts';

export const listInitialAccessTokens: Operation<'listInitialAccessTokens', 'initialAccessTokens'> = ({
  services,
}) => list(services, { kind: 'operator' });
