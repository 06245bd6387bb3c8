import { Problem } from '../../problem.ts';
import { afterChange } from '../../redis/unanswered.ts';
import { issuedAtOf, type StoredApp } from '../../registry/apps.ts';
import type { AppClient } from '../../registry/clients.ts';
import { changedCall, type Call, type Operation } from '../operation.ts';
import { NO_PREFERENCE } from '../preferences.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { managedAt, NEVER_STORED, presentRegisteredClient } from './present-registered-client.ts';

/** RFC 7592 section 2.2: the server's own, not the client's to set. */
const SERVER_FIELDS = [
  'registration_access_token',
  'registration_client_uri',
  'client_secret_expires_at',
  'client_id_issued_at',
];

/** The authority first; when it has said yes, the registry, and with it the new registration access token, all at once. */
export const updateRegisteredApp: Operation<
  'updateRegisteredApp',
  'appChanges' | 'apps' | 'registrar' | Relaying
> = async (call) => {
  const { body, principal, services } = call;
  const { apps, appChanges, registrar } = services;
  const { clientId } = principal;
  const [stored, before] = await Promise.all([apps.read(clientId), apps.readMetadata(clientId)]);
  if (!stored || !before)
    throw new Problem('invalid_token', { internal: 'the app, or its token, is another one by now' });
  refuseServerFields(call, stored);
  const { metadata, ...checked } = await registrar.check(body, before);
  const next = registrar.nextOf(stored.app, { metadata, ...checked });
  // Of two updates with one token, the first has made it another one.
  const { registration_token_hash: presented } = stored.app;
  const isExpected = (app: AppClient) => app.registration_token_hash === presented;
  const decisions = await appChanges.endDecisions(clientId, next, isExpected);
  if (!decisions)
    throw new Problem('invalid_token', { internal: 'the app, or its token, is another one by now' });
  const input = { clientId, metadata, before, issuedAt: issuedAtOf(stored.app) };
  const change = () => relayed(changedCall(call, { prefer: NO_PREFERENCE }), input, toAnswer);
  const answer = await (decisions === 'ended' ? afterChange(change) : change());
  // Its job goes on, and nobody waits for it any more.
  if (answer.status !== 200) throw new Problem('outcome_unknown', { internal: 'the authority is slow' });
  const { token, hash } = registrar.newRegistrationToken();
  const { client_secret: secret } = answer.body;
  const more: Partial<AppClient> = { registration_token_hash: hash };
  if (secret !== undefined) more.secret_hash = services.keyedHash('app-secret', `${clientId}:${secret}`);
  if (!(await appChanges.apply(clientId, next, { metadata, isExpected, more })))
    throw new Problem('invalid_token', { internal: 'the app, or its token, is another one by now' });
  return { ...answer, body: { ...answer.body, ...managedAt(services.publicUrl, clientId, token) } };
};

function refuseServerFields(
  { body, services, principal }: Call<'updateRegisteredApp', 'keyedHash'>,
  { app }: StoredApp,
): void {
  const refuse = (detail: string) => new Problem('invalid_client_metadata', { detail });
  if (body.client_id !== principal.clientId) throw refuse('client_id is not that of this registration');
  const [wrong] = SERVER_FIELDS.filter((member) => member in body);
  if (wrong !== undefined) throw refuse(`${wrong} must not be sent`);
  const { client_secret } = body;
  if (typeof client_secret !== 'string') return;
  const secret = `${principal.clientId}:${client_secret}`;
  if (!services.keyedHash.matches('app-secret', secret, app.secret_hash ?? ''))
    throw refuse('client_secret is not that of this client');
}

export const toAnswer: RelayedAnswer<'updateRegisteredApp'> = (registered) => ({
  status: 200,
  body: presentRegisteredClient(registered),
  headers: NEVER_STORED,
});
