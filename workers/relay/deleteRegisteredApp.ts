import { removeClient } from './remove-client.ts';
import type { Performer } from './performer.ts';

export const deleteRegisteredApp: Performer<'deleteRegisteredApp'> = removeClient;
