import type { Invitation } from '../../store/records.ts';
import { newId } from '../../random-ids.ts';
import { tenantSettings } from '../tenant-settings/tenant-settings.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Answer, type Call, type Endpoint } from '../endpoint.ts';
import { chosenFields, flag, readPage } from '../query-values.ts';
import { knownOrganization } from './known-organization.ts';
import { INVITATION_SECONDS, NEW_INVITATION } from './organization-rules.ts';

const PATH = '/organizations/{id}/invitations';
const ONE = `${PATH}/{invitation_id}`;

type Input = Pick<Invitation, 'inviter' | 'invitee' | 'client_id'> &
  Partial<Invitation> & { ttl_sec?: number; send_invitation_email?: boolean };

const createInvitationEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:organization_invitations'],
  hasLinks: true,
  logAs: 'Create an invitation to an Organization',
  answer: (call: Call): Answer => {
    const { store, now } = call;
    const { id: organization_id, name } = knownOrganization(call);
    const {
      ttl_sec: seconds = 0,
      send_invitation_email: _noMails,
      ...input
    } = checkBody(call.body, NEW_INVITATION) as Input;
    const ticket_id = newId.ticket();
    const query = { invitation: ticket_id, organization: organization_id, organization_name: name };
    const invitation: Invitation = {
      id: newId.invitation(),
      ...input,
      invitation_url: `${loginRoute(call, input.client_id)}?${new URLSearchParams(query).toString()}`,
      ticket_id,
      created_at: new Date(now()).toISOString(),
      // Auth0 docs, "Send membership invitations": seven days by default, or for 0.
      expires_at: new Date(now() + (seconds || INVITATION_SECONDS) * 1000).toISOString(),
      organization_id,
    };
    // Recorded (the documentation has 200).
    return { status: 201, body: store.invitations.put(invitation) };
  },
};

/** URL where invited users begin: the application's, or the account's. Without one: 400 recorded as a status, wording guessed. */
function loginRoute({ store }: Call, clientId: string): string {
  const client = store.clients.get(clientId);
  if (!client) throw new ApiError(404, 'The client does not exist', 'inexistent_client');
  const address = client['initiate_login_uri'] ?? tenantSettings(store)['default_redirection_uri'];
  if (typeof address !== 'string' || address === '')
    throw new ApiError(
      400,
      'A default login route is required to generate the invitation url. Set initiate_login_uri of the client.',
      'invalid_body',
    );
  return address;
}

function knownInvitation(call: Call): Invitation {
  const { id } = knownOrganization(call);
  const invitation = call.store.invitations.get(call.params['invitation_id'] ?? '');
  // Recorded.
  if (invitation?.organization_id !== id)
    throw new ApiError(404, 'The invitation does not exist.', 'inexistent_invitation');
  return invitation;
}

const listInvitationsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:organization_invitations'],
  answer: (call: Call): Answer => {
    const { store, query } = call;
    const all = [...store.invitations.by('organization', knownOrganization(call).id)];
    const { start, limit } = readPage(query);
    const shown = all.slice(start, start + limit).map(chosenFields(query));
    if (!flag(query, 'include_totals')) return { status: 200, body: shown };
    // Recorded: no total, and the limit equals the number of entries.
    return { status: 200, body: { invitations: shown, start, limit: shown.length } };
  },
};

const getInvitationEndpoint: Endpoint = {
  method: 'GET',
  path: ONE,
  scopes: ['read:organization_invitations'],
  answer: (call: Call) => ({ status: 200, body: chosenFields(call.query)(knownInvitation(call)) }),
};

const deleteInvitationEndpoint: Endpoint = {
  method: 'DELETE',
  path: ONE,
  scopes: ['delete:organization_invitations'],
  logAs: 'Delete an invitation to an Organization',
  answer: (call: Call) => {
    call.store.invitations.delete(knownInvitation(call).id);
    return NO_CONTENT;
  },
};

export const INVITATIONS: readonly Endpoint[] = [
  createInvitationEndpoint,
  listInvitationsEndpoint,
  getInvitationEndpoint,
  deleteInvitationEndpoint,
];
