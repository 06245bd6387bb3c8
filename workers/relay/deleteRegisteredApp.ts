import type { DeleteRegisteredAppInput } from '../../src/relay/jobs/deleteRegisteredApp.ts';
import { deleteKeyClient } from './deleteApiKey.ts';
import type { Performer } from './performer.ts';

/** With its client, the authority forgets what users consented to. */
export const deleteRegisteredApp: Performer<DeleteRegisteredAppInput, null> = async (
  { management, leaving },
  { clientId },
) => {
  await deleteKeyClient(management, clientId);
  await leaving.remove(clientId);
  return null;
};
