/** Who performs each relay job. A missing or an unknown one does not compile. */
import type { InputOf, OutcomeOf, RelayOperationId } from '../../src/relay/jobs/index.ts';
import { createApiKey } from './createApiKey.ts';
import { createUser } from './createUser.ts';
import { deleteApiKey } from './deleteApiKey.ts';
import { getUser } from './getUser.ts';
import { listUsers } from './listUsers.ts';
import type { Performer } from './performer.ts';
import { registerApp } from './registerApp.ts';
import { rotateApiKey } from './rotateApiKey.ts';

export const performers: { [Id in RelayOperationId]: Performer<InputOf<Id>, OutcomeOf<Id>> } = {
  createApiKey,
  createUser,
  deleteApiKey,
  getUser,
  listUsers,
  registerApp,
  rotateApiKey,
};
