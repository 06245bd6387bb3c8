import type { ClientGrant } from '../../store/records.ts';
import { inOrganization } from '../../store/store.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { knownOrganization } from './known-organization.ts';

const PATH = '/organizations/{id}/client-grants';

const addOrganizationGrantEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:organization_client_grants'],
  logAs: 'Associate a client grant with an Organization',
  answer: (call: Call) => {
    const { store, body } = call;
    const { id: organization_id } = knownOrganization(call);
    const { grant_id } = checkBody(body, {
      required: ['grant_id'],
      properties: { grant_id: { type: 'string', minLength: 1 } },
    }) as { grant_id: string };
    const grant = store.clientGrants.get(grant_id);
    if (!grant) throw new ApiError(404, 'The grant does not exist.', 'inexistent_client_grant');
    // Guessed.
    if (store.organizationGrants.has(inOrganization(organization_id, grant_id)))
      throw new ApiError(409, 'The client grant is already associated with the organization.');
    store.organizationGrants.put({ organization_id, grant_id });
    // Recorded: `grant_id` in this response, and no subject.
    const { id: _id, subject_type: _subject, ...shown } = grant;
    return { status: 201, body: { grant_id, ...shown } };
  },
};

/** Recorded, with `grant_ids`; the other filters are those of client grants. */
const listOrganizationGrantsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:organization_client_grants'],
  answer: (call: Call) => {
    const { store, query } = call;
    const ids = query.getAll('grant_ids').flatMap((one) => one.split(','));
    const [clientId, audience] = [query.get('client_id'), query.get('audience')];
    const fits = (grant: ClientGrant): boolean =>
      (ids.length === 0 || ids.includes(grant.id)) &&
      (clientId === null || grant.client_id === clientId) &&
      (audience === null || grant.audience === audience);
    const grants = [...store.organizationGrants.by('organization', knownOrganization(call).id)]
      .flatMap(({ grant_id }) => store.clientGrants.get(grant_id) ?? [])
      .filter(fits);
    return listAnswer(grants, query, {
      name: 'client_grants',
      idOf: ({ id }) => id,
      present: (grant) => grant,
      checkpoints: false,
    });
  },
};

const removeOrganizationGrantEndpoint: Endpoint = {
  method: 'DELETE',
  path: `${PATH}/{grant_id}`,
  scopes: ['delete:organization_client_grants'],
  logAs: 'Remove a client grant from an Organization',
  answer: (call: Call) => {
    const { id } = knownOrganization(call);
    call.store.organizationGrants.delete(inOrganization(id, call.params['grant_id'] ?? ''));
    return NO_CONTENT;
  },
};

export const ORGANIZATION_GRANTS: readonly Endpoint[] = [
  addOrganizationGrantEndpoint,
  listOrganizationGrantsEndpoint,
  removeOrganizationGrantEndpoint,
];
