import { Problem, type ProblemCode } from '../../problem.ts';
import { harmless } from '../../redis/unanswered.ts';
import type { Call, Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { deleteClient } from './delete-client.ts';
import { managedAt, NEVER_STORED, presentRegisteredClient } from './present-registered-client.ts';

/** A job that ended so has left nothing at the authority. */
const NOTHING_LEFT: readonly ProblemCode[] = [
  'application_limit_reached',
  'invalid_field',
  'upstream_rate_limited',
  'upstream_unavailable',
];

/**
 * The answer is synchronous: 201, or 503 when the authority takes too long, and then nothing stays. A job's address would be of no use
 * to an OAuth client.
 */
export const registerApp: Operation<'registerApp', 'registrar' | 'registrationRate' | Relaying> = async (
  call,
) => {
  const { address, body, principal: registrant, services } = call;
  const { registrar } = services;
  const from = await harmless(services.registrationRate.admit(address));
  const checked = await registrar.check(body);
  registrar.enforcePolicy(checked, registrant);
  // One that is begun, and of which nothing comes, is undone by the upkeep.
  const registrationId = await registrar.begin(checked, registrant);
  const { token, hash } = registrar.newRegistrationToken();
  const entry = { ...registrar.entryFor(checked, registrant, from), registration_token_hash: hash };
  const answer = await relayed(
    { ...call, prefer: { respondAsync: false, wait: undefined } },
    { registrationId, metadata: checked.metadata, entry },
    toAnswer,
  ).catch(async (error: unknown) => {
    const nothingLeft = error instanceof Problem && NOTHING_LEFT.includes(error.code);
    const isGivenUp = await giveUp(call, registrationId, nothingLeft).then(
      () => true,
      () => false,
    );
    // Else the upkeep does it, and until then its token has one use less.
    throw isGivenUp || !registrant ? error : new Problem('outcome_unknown', { cause: error });
  });
  if (answer.status === 201 && (await registrar.confirm(registrationId))) {
    const managed = managedAt(services.publicUrl, answer.body.client_id, token);
    return { ...answer, body: { ...answer.body, ...managed } };
  }
  await giveUp(call, registrationId, false);
  throw new Problem('upstream_unavailable', { headers: { 'Retry-After': '10' } });
};

async function giveUp(
  call: Call<'registerApp', 'registrar' | 'relay'>,
  registrationId: string,
  nothingLeft: boolean,
): Promise<void> {
  const { requestId, services } = call;
  const clientId = await services.registrar.giveUp(registrationId, { nothingLeft });
  if (clientId !== undefined) await deleteClient(services, clientId, requestId);
}

export const toAnswer: RelayedAnswer<'registerApp'> = (registered) => ({
  status: 201,
  body: presentRegisteredClient(registered),
  headers: NEVER_STORED,
});
