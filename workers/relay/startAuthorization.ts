import type { Management } from '../../src/auth0/management.ts';
import { Problem } from '../../src/problem.ts';
import { apiScopesOf } from '../../src/registry/client-registration.ts';
import { onFailure } from '../failures.ts';
import { ALLOW_ORGANIZATIONS } from './app-client.ts';
import type { AppsContext, Performer } from './performer.ts';
import { redisTimestamp } from '../../src/redis/clock.ts';

/** A client of that document, its grant, and its entry in the registry; of a new one, all three or none (`RegistrationSaga`). */
export const startAuthorization: Performer<'startAuthorization'> = async (context, input) => {
  const { appChanges, audience, management, registrations } = context;
  const { address, metadata } = input;
  const create = () => management.registerDocument(address).catch(nameRefusal);
  async function finish(authorityId: string) {
    await refuseOther(management, authorityId, metadata.app.redirect_uris);
    if (input.forOrganizations) await management.updateClient(authorityId, ALLOW_ORGANIZATIONS);
    const scopes = apiScopesOf(metadata.app);
    await management
      .createUserGrantOf(authorityId, audience, scopes)
      .catch(onFailure('exists', () => changeGrants(context, authorityId, scopes)))
      .catch(nameFault);
    return { authority_client_id: authorityId, document_hash: metadata.hash };
  }
  if (input.known) {
    const more = await finish(await create());
    const change = { metadata: metadata.app, isExpected: () => true, more };
    if (!(await appChanges.apply(address, input.next, change))) throw new Problem('upstream_unavailable');
  } else {
    const { entry, registrationId } = input;
    await registrations.enter(registrationId, metadata.app, {
      create,
      finish: async (authorityId) => ({
        ...entry,
        ...(await finish(authorityId)),
        client_id: address,
        created_at: redisTimestamp(),
      }),
      remove: (authorityId) => management.deleteClient(authorityId),
    });
  }
  return { client_id: address };
};

/** The authority fetches the document itself: it may have been shown another one. */
async function refuseOther(
  management: Pick<Management, 'listCallbacks'>,
  clientId: string,
  expected: string[],
): Promise<void> {
  const callbacks = await management.listCallbacks(clientId);
  const isSame = callbacks.length === expected.length && expected.every((one) => callbacks.includes(one));
  if (!isSame)
    throw new Problem('invalid_client', {
      detail: 'The document at client_id changes from one look to the next.',
    });
}

/** Its own words quote the document, and do not leave. */
const nameRefusal = onFailure('invalid', (): never => {
  throw new Problem('invalid_client', {
    detail: 'The authority does not take the document at client_id, or the keys that it points to.',
  });
});

/** The grant is that of an earlier try, or of an earlier document or scopes of the API. */
async function changeGrants(
  { management, audience }: Pick<AppsContext, 'management' | 'audience'>,
  clientId: string,
  scopes: string[],
): Promise<void> {
  for (const grant of await management.listClientGrants(clientId, audience))
    await management.updateClientGrant(grant, scopes);
}

/** Nothing that the app could repair. */
const nameFault = onFailure('invalid', (cause): never => {
  throw new Problem('upstream_refused', { cause });
});
