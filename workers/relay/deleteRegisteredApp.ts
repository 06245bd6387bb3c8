import { forgetClient } from './forget-client.ts';
import type { Performer } from './performer.ts';

export const deleteRegisteredApp: Performer<'deleteRegisteredApp'> = forgetClient;
