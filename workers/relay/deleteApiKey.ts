import type { DeleteApiKeyInput } from '../../src/relay/jobs/deleteApiKey.ts';
import { forgetClient } from './forget-client.ts';
import type { Performer } from './performer.ts';

export const deleteApiKey: Performer<DeleteApiKeyInput, null> = forgetClient;
