import { remove } from '../apps/initial-access-tokens.ts';
import type { Operation } from '../operation.ts';

export const deleteInitialAccessToken: Operation<'deleteInitialAccessToken', 'initialAccessTokens'> = ({
  path,
  services,
  event,
}) => remove(services, { kind: 'operator' }, path.token_id, event);
