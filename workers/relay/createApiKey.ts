import { entryOf } from '../../src/registry/api-keys.ts';
import type { CreateApiKeyInput, NewApiKeyOutcome } from '../../src/relay/jobs/createApiKey.ts';
import { checkBeforehand, readMakerOf } from './enter-api-key.ts';
import { makeApiKey } from './make-api-key.ts';
import type { Performer } from './performer.ts';

export const createApiKey: Performer<CreateApiKeyInput, NewApiKeyOutcome> = async (bench, input, attempt) => {
  const { tenantId, limit = Infinity } = input;
  if (!attempt.mayBeDone) await checkBeforehand(bench, input, true);
  return makeApiKey(bench, input, attempt, async (key) => {
    // Of many that were begun at once, no more are entered than the tenant may have; the client of one too many goes again.
    for (;;) {
      await attempt.checkMaker();
      const by = await readMakerOf(bench, input, [key]);
      if (await bench.changeKeys(tenantId, [entryOf(key)], { limit, by })) return;
    }
  });
};
