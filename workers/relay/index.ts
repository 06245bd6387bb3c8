/** Who performs each relay job. A missing or an unknown one does not compile. */
import type { InputOf, OutcomeOf, RelayOperationId } from '../../src/relay/jobs/index.ts';
import { createUser } from './createUser.ts';
import { getUser } from './getUser.ts';
import { listUsers } from './listUsers.ts';
import type { Performer } from './performer.ts';
import { registerApp } from './registerApp.ts';

export const performers: { [Id in RelayOperationId]: Performer<InputOf<Id>, OutcomeOf<Id>> } = {
  createUser,
  getUser,
  listUsers,
  registerApp,
};
