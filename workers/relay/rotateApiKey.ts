import { sameScopes } from '../../src/api-keys/changed-key.ts';
import { Problem } from '../../src/problem.ts';
import { entryOf, type ApiKeyChange } from '../../src/registry/api-keys.ts';
import type { ApiKeyClient } from '../../src/registry/clients.ts';
import type { NewApiKeyOutcome } from '../../src/relay/jobs/createApiKey.ts';
import type { RotateApiKeyInput } from '../../src/relay/jobs/rotateApiKey.ts';
import { apiKeyHash } from '../../src/secrets/keyed-hash.ts';
import { checkBeforehand, readMakerOf, readOwnKey } from './enter-api-key.ts';
import { findKeyClients } from './find-marked-clients.ts';
import { writeKeyClient } from './key-client.ts';
import { makeApiKey } from './make-api-key.ts';
import type { Performer, PerformerContext, Try } from './performer.ts';
import { redisNow } from '../../src/redis/clock.ts';

type Context = PerformerContext<'rotateApiKey'>;

/**
 * Auth0 stores one secret per client, so a successor client is created, and the old one stays valid for the overlap. Both are entered in the
 * registry in one transaction, which fails if the key was rotated meanwhile.
 */
export const rotateApiKey: Performer<'rotateApiKey'> = async (context, input, attempt) => {
  const outcome =
    (attempt.mayHaveRun ? await resumeRotation(context, input) : undefined) ??
    (await rotate(context, input, attempt));
  // A key that is replaced without an overlap may have leaked: its jobs that have not started are dropped.
  if (input.overlapSeconds === 0) await context.markDeletedKey(input.clientId);
  return outcome;
};

/**
 * An earlier attempt may have entered the successor and lost its secret: rotates the secret.
 * @returns undefined when there is no successor
 */
async function resumeRotation(
  context: Context,
  { keyId }: RotateApiKeyInput,
): Promise<NewApiKeyOutcome | undefined> {
  for (const { client_id } of await findKeyClients(context.management, [keyId])) {
    if (!(await context.readKey(client_id))) continue;
    const client_secret = await context.management.rotateClientSecret(client_id);
    const secret_hash = apiKeyHash(context.keyedHash, client_id, client_secret);
    for (;;) {
      const stored = await context.readKey(client_id);
      // Removed by its tenant meanwhile.
      if (!stored) throw new Problem('not_found');
      const key = { ...stored.key, secret_hash };
      if (
        !(await context.changeKeys(context.tenantId, [{ clientId: client_id, from: stored.text, to: key }]))
      )
        continue;
      await context.unfinishedKeys.remove(keyId);
      return { key, client_secret };
    }
  }
  return undefined;
}

async function rotate(context: Context, input: RotateApiKeyInput, attempt: Try): Promise<NewApiKeyOutcome> {
  const { key: old } = await readOwnKey(context, input.clientId);
  refuseSecondRotation(old, input.overlapSeconds);
  refuseGrown(old, input);
  if (!attempt.mayHaveRun) await checkBeforehand(context, askedOf(context, input), input.overlapSeconds > 0);
  const { keyId, createdBy, expiresAt } = input;
  const retiresAt = new Date(redisNow() + input.overlapSeconds * 1000).toISOString();
  const wanted = {
    tenantId: context.tenantId,
    keyId,
    createdBy,
    replaces: input.overlapSeconds > 0 ? { clientId: input.clientId, retiresAt } : undefined,
    name: old.name,
    scopes: old.scopes ?? [],
    expiresAt,
    allowedAddresses: old.allowed_addresses,
  };
  return makeApiKey(context, wanted, attempt, (successor) =>
    enter(context, input, attempt, { successor, retires_at: retiresAt }),
  );
}

const askedOf = ({ tenantId }: Context, input: RotateApiKeyInput) => ({ ...input, tenantId });

/** The requester gets the successor's secret, and was asked to hold the scopes that the key had then. */
function refuseGrown({ scopes = [] }: ApiKeyClient, { held }: RotateApiKeyInput): void {
  const missing = scopes.filter((scope) => held?.includes(scope) === false);
  if (missing.length > 0) throw new Problem('insufficient_scope', { scopes: missing });
}

/** A leaked successor can be replaced without an overlap while its predecessor is still valid; three valid keys would be confusing. */
function refuseSecondRotation(old: ApiKeyClient, overlapSeconds: number): void {
  // A key that retires without a successor has outlived it.
  const isReplaced = old.replaced_by !== undefined || old.retires_at !== undefined;
  if (isReplaced || (old.replaces !== undefined && overlapSeconds > 0))
    throw new Problem('rotation_under_way');
}

/** @returns the successor as entered */
async function enter(
  context: Context,
  input: RotateApiKeyInput,
  { checkMaker }: Try,
  { successor: made, retires_at }: { successor: ApiKeyClient; retires_at: string },
): Promise<ApiKeyClient> {
  let successor = made;
  for (;;) {
    await checkMaker();
    const { key: old, text } = await readOwnKey(context, input.clientId);
    refuseSecondRotation(old, input.overlapSeconds);
    refuseGrown(old, input);
    if (!isAlike(old, successor)) {
      // The old key has changed since.
      successor = { ...successor, name: old.name, scopes: old.scopes ?? [] };
      await writeKeyClient(context, successor, old);
      continue;
    }
    const by = await readMakerOf(context, askedOf(context, input), [old, successor]);
    const isOverlapping = input.overlapSeconds > 0;
    const retiring = { ...old, replaced_by: successor.client_id, retires_at };
    const before =
      isOverlapping || old.replaces === undefined ? undefined : await context.readKey(old.replaces);
    const replaces = isOverlapping ? old.client_id : before?.key.client_id;
    const entered = { ...successor, replaces };
    const changes: ApiKeyChange[] = [
      { clientId: old.client_id, from: text, to: isOverlapping ? retiring : undefined },
      entryOf(entered),
    ];
    if (before) {
      const passedOn = { ...before.key, replaced_by: successor.client_id };
      changes.push({ clientId: before.key.client_id, from: before.text, to: passedOn });
    }
    const { limit = Infinity } = input;
    if (await context.changeKeys(context.tenantId, changes, { limit, by })) return entered;
  }
}

const isAlike = (old: ApiKeyClient, { name, scopes }: ApiKeyClient): boolean =>
  name === old.name && sameScopes(scopes, old.scopes ?? []);
