import { randomUUID } from 'node:crypto';
import { addedScopes, changedKey, sameScopes, type KeyChanges } from '../../src/api-keys/changed-key.ts';
import { Problem } from '../../src/problem.ts';
import type { StoredApiKey } from '../../src/registry/api-keys.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';
import type { UpdateApiKeyInput } from '../../src/relay/jobs/updateApiKey.ts';
import { begunAlready } from '../failures.ts';
import { readMakerOf, readOwnKey } from './enter-api-key.ts';
import { grantScopes, writeKeyClient } from './key-client.ts';
import type { Performer, PerformerContext, Try } from './performer.ts';
import { checkScopesExist } from './scopes-exist.ts';

type Context = PerformerContext<'updateApiKey'>;

/**
 * The entry in the registry changes in one step, and decides: a token has the scopes that registry and grant have in common. So scopes are
 * granted at Auth0 before the registry has them, and taken from the grant after the registry has lost them.
 */
export const updateApiKey: Performer<'updateApiKey'> = async (context, input, attempt) => {
  const { clientId, scopes } = input;
  const hasGrown = await enter(context, input, attempt);
  const followed = await followRegistry(context, clientId, input);
  const mayHaveGrown = hasGrown || (attempt.mayHaveRun && scopes !== undefined);
  const key = mayHaveGrown ? await invalidateChecks(context, clientId) : followed;
  return { ...key, ...(await context.readUse(clientId)) };
};

/**
 * Each time round, everything is read and checked anew: calls to Auth0 take time.
 * @returns once the registry has what was asked for: whether the key got scopes
 */
async function enter(context: Context, input: UpdateApiKeyInput, attempt: Try): Promise<boolean> {
  const { clientId, scopes } = input;
  let granted: readonly string[] = [];
  try {
    for (;;) {
      const { key: was, text } = await readOwnKey(context, clientId);
      const to = changedKey(was, input, input.changedBy);
      if (!to) return false;
      refuseInRotation(was);
      await attempt.checkMaker();
      const added = addedScopes(was, scopes);
      const by = await checkAdded(context, input, was, added);
      // What a key without scopes in the registry was granted is not known, and could not be restored.
      if (was.scopes && !added.every((scope) => granted.includes(scope))) {
        granted = [...was.scopes, ...added];
        await grantScopes(context, clientId, granted);
        continue;
      }
      if (await context.changeKeys(context.tenantId, [{ clientId, from: text, to }], { by }))
        return added.length > 0;
    }
  } catch (error) {
    // Refused after all. An earlier attempt may have granted scopes, too.
    const mayBeGranted = scopes !== undefined && (granted.length > 0 || attempt.mayHaveRun);
    if (error instanceof Problem && error.code !== 'not_found' && mayBeGranted)
      await followRegistry(context, clientId, { scopes });
    throw error;
  }
}

/** A successor has the name and the scopes that its predecessor had when it was created. */
function refuseInRotation({ replaces, replaced_by, retires_at }: ApiKeyClient): void {
  if (replaces !== undefined || replaced_by !== undefined || retires_at !== undefined)
    throw new Problem('rotation_under_way');
}

/**
 * The scopes that are new to the key as it is by now must be held by the requester, and the API must have them; of the other ones neither
 * is asked (src/operations).
 * @returns the key that makes the request, if one does
 * @throws Problem `insufficient_scope`, `scope_not_available`, `beyond_own_bounds`
 */
async function checkAdded(
  context: Context,
  { held, changedBy }: UpdateApiKeyInput,
  was: ApiKeyClient,
  added: string[],
): Promise<StoredApiKey | undefined> {
  const missing = added.filter((scope) => !held.includes(scope));
  if (missing.length > 0) throw new Problem('insufficient_scope', { scopes: missing });
  if (added.length > 0) await checkScopesExist(context, added);
  const asked = { tenantId: context.tenantId, createdBy: changedBy };
  return readMakerOf(context, asked, added.length > 0 ? [{ ...was, scopes: added }] : []);
}

/**
 * Writes to Auth0 what the registry has, whoever changed that. Of concurrent changes, whichever writes last has read the last entry.
 * @param changes what is written
 * @returns that entry
 * @throws Problem `not_found`: its client is being deleted, and the grant with it
 */
async function followRegistry(
  context: Context,
  clientId: string,
  changes: KeyChanges,
): Promise<ApiKeyClient> {
  let { key } = await readOwnKey(context, clientId);
  for (;;) {
    // The registry has changed: a refusal does not mean that nothing was done.
    await writeKeyClient(context, key, changes).catch(begunAlready);
    const { key: now } = await readOwnKey(context, clientId);
    if (now.name === key.name && sameScopes(now.scopes, key.scopes)) return now;
    key = now;
  }
}

/** A cached check has the scopes of the token that it got. Once all is granted, every process makes another exchange at the key's next use. */
async function invalidateChecks(context: Context, clientId: string): Promise<ApiKeyClient> {
  for (;;) {
    const { key: was, text } = await readOwnKey(context, clientId);
    const to = { ...was, recheck: randomUUID() };
    if (await context.changeKeys(context.tenantId, [{ clientId, from: text, to }])) return to;
  }
}
