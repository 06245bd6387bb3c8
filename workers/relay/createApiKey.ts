import { entryOf } from '../../src/registry/api-keys.ts';
import { checkBeforehand, readMakerOf } from './enter-api-key.ts';
import { makeApiKey } from './make-api-key.ts';
import type { Performer } from './performer.ts';
import { checkScopesExist } from './scopes-exist.ts';

export const createApiKey: Performer<'createApiKey'> = async (context, input, attempt) => {
  const { tenantId } = context;
  const { limit = Infinity } = input;
  const wanted = { ...input, tenantId };
  if (!attempt.mayHaveRun) {
    await checkBeforehand(context, wanted, true);
    await checkScopesExist(context, input.scopes);
  }
  return makeApiKey(context, wanted, attempt, async (key) => {
    // Of many concurrent creations, only as many are entered as the limit allows; the clients of the others are deleted.
    for (;;) {
      await attempt.checkMaker();
      const by = await readMakerOf(context, wanted, [key]);
      if (await context.changeKeys(tenantId, [entryOf(key)], { limit, by })) return key;
    }
  });
};
