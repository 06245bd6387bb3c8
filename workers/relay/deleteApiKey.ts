import { forgetClient } from './forget-client.ts';
import type { Performer } from './performer.ts';

export const deleteApiKey: Performer<'deleteApiKey'> = forgetClient;
