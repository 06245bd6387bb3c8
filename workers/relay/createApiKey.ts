import type { CreateApiKeyInput, NewApiKeyOutcome } from '../../src/relay/jobs/createApiKey.ts';
import { makeApiKey } from './make-api-key.ts';
import type { Performer } from './performer.ts';

export const createApiKey: Performer<CreateApiKeyInput, NewApiKeyOutcome> = (bench, input, attempt) =>
  makeApiKey(bench, input, attempt, (key) => bench.saveClient(key));
