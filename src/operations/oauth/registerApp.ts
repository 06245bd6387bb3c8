import { Problem, type ProblemCode } from '../../problem.ts';
import { harmless } from '../../redis/unanswered.ts';
import { deleteClient } from '../../relay/delete-client.ts';
import { changedCall, type Operation } from '../operation.ts';
import { NO_PREFERENCE } from '../preferences.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
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
 * to an OAuth client. How it is undone: `RegistrationSaga`.
 */
export const registerApp: Operation<
  'registerApp',
  'config' | 'registrar' | 'registrations' | 'registrationRate' | Relaying
> = async (call) => {
  const { address, body, principal: registrant, requestId, services } = call;
  const { registrar, registrations, relay } = services;
  const from = await harmless(services.registrationRate.admit(address));
  const checked = await registrar.check(body);
  registrar.enforcePolicy(checked, registrant);
  const registrationId = await registrar.begin(checked, registrant);
  const { token, hash } = registrar.newRegistrationToken();
  const entry = { ...registrar.entryFor(checked, registrant, from), registration_token_hash: hash };
  const forOrganizations = services.config.TENANT_ORGANIZATIONS.includes('organization');
  const input = { registrationId, metadata: checked.metadata, entry, forOrganizations };
  const answer = await registrations.complete(registrationId, {
    async make() {
      const made = await relayed(changedCall(call, { prefer: NO_PREFERENCE }), input, toAnswer);
      return made.status === 201 ? made : undefined;
    },
    mayRemain: (error) => !(error instanceof Problem && NOTHING_LEFT.includes(error.code)),
    onRemoved: (clientId) => deleteClient(relay, { operationId: 'deleteRegisteredApp', clientId, requestId }),
    usesToken: registrant !== undefined,
  });
  const managed = managedAt(services.publicUrl, answer.body.client_id, token);
  return { ...answer, body: { ...answer.body, ...managed } };
};

export const toAnswer: RelayedAnswer<'registerApp'> = (registered) => ({
  status: 201,
  body: presentRegisteredClient(registered),
  headers: NEVER_STORED,
});
