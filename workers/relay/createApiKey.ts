import { Problem } from '../../src/problem.ts';
import type { CreateApiKeyInput, NewApiKeyOutcome } from '../../src/relay/jobs/createApiKey.ts';
import { makeApiKey } from './make-api-key.ts';
import type { Performer } from './performer.ts';

export const createApiKey: Performer<CreateApiKeyInput, NewApiKeyOutcome> = (bench, input, attempt) =>
  makeApiKey(bench, input, attempt, async (key) => {
    const { limit = Infinity } = input;
    // Of many that were begun at once, no more are entered than the tenant may have; the client of one too many goes again.
    if (!(await bench.addKey(key, limit)))
      throw new Problem('api_key_limit_reached', { detail: `At most ${limit}.` });
  });
