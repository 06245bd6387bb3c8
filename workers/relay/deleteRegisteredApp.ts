import type { DeleteRegisteredAppInput } from '../../src/relay/jobs/deleteRegisteredApp.ts';
import { forgetClient } from './forget-client.ts';
import type { Performer } from './performer.ts';

export const deleteRegisteredApp: Performer<DeleteRegisteredAppInput, null> = forgetClient;
