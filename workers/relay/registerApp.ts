import { Problem } from '../../src/problem.ts';
import { apiScopesOf, usesSecret } from '../../src/registry/client-registration.ts';
import type { RegisterAppInput } from '../../src/relay/jobs/registerApp.ts';
import { toClient } from './app-client.ts';
import { deleteClientAndGrants } from './remove-client.ts';
import { findAppClients } from './find-marked-clients.ts';
import type { AppsContext, Performer } from './performer.ts';
import { redisNow } from '../../src/redis/clock.ts';

/**
 * A client, its grant and its entry in the registry, or none of them: a client that may ask for nothing only fills the account's limit.
 * What a crash leaves behind is on the list of unfinished registrations, and goes with the upkeep.
 */
export const registerApp: Performer<'registerApp'> = async (context, input, { mayBeDone }) => {
  const { management, registrations } = context;
  const { registrationId, metadata, entry } = input;
  // Its secret was in the answer that was lost, so what an earlier try made is of no use any more.
  if (mayBeDone) await removeEarlier(context, registrationId);
  if (await registrations.isAbandoned(registrationId)) return giveUp(context, registrationId);
  const client = await management.createThirdPartyClient(toClient(metadata, registrationId, entry));
  const issued_at = Math.floor(redisNow() / 1000);
  const secret = usesSecret(metadata) ? client.client_secret! : undefined;
  try {
    await management.createUserGrantOf(client.client_id, context.audience, apiScopesOf(metadata));
    if (!(await enter(context, input, { client_id: client.client_id, issued_at, secret }))) {
      await management.deleteClient(client.client_id);
      return giveUp(context, registrationId);
    }
  } catch (error) {
    await management.deleteClient(client.client_id);
    throw error;
  }
  return {
    client_id: client.client_id,
    ...(secret === undefined ? {} : { client_secret: secret }),
    issued_at,
    metadata,
  };
};

interface Made {
  client_id: string;
  issued_at: number;
  secret: string | undefined;
}

function enter(
  { apps, keyedHash }: AppsContext,
  { registrationId, entry, metadata }: RegisterAppInput,
  made: Made,
) {
  const { client_id, issued_at, secret } = made;
  const app = {
    ...entry,
    client_id,
    created_at: new Date(issued_at * 1000).toISOString(),
    ...(secret === undefined ? {} : { secret_hash: keyedHash('app-secret', `${client_id}:${secret}`) }),
  };
  return apps.enter(registrationId, app, metadata);
}

/** Whoever asked for it has had their answer already. */
async function giveUp({ registrations }: AppsContext, registrationId: string): Promise<never> {
  await registrations.close(registrationId);
  throw new Problem('upstream_unavailable');
}

async function removeEarlier(
  { apps, leaving, management }: AppsContext,
  registrationId: string,
): Promise<void> {
  for (const { client_id } of await findAppClients(management, [registrationId])) {
    await apps.remove(client_id);
    await deleteClientAndGrants(management, client_id);
    await leaving.remove(client_id);
  }
}
