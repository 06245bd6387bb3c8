import type { Member } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { chosenFields } from '../query-values.ts';
import { knownUser } from '../users/known-user.ts';
import { knownOrganization } from './known-organization.ts';
import { addMember, giveRoles, membershipOf, removeMember, wasMember } from './memberships.ts';
import { MEMBER_ROLES, MEMBERS } from './organization-rules.ts';
import { PAGED_MAX } from './organizations.ts';

const PATH = '/organizations/{id}/members';
const ROLES = `${PATH}/{user_id}/roles`;

/** Default fields (recorded). */
const FIELDS = ['user_id', 'email', 'picture', 'name'];

/** Auth0 docs, "Retrieve members": eventually consistent. Here with the same delay as searches. */
const listMembersEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:organization_members'],
  answer: (call: Call) => {
    const { store, query, settings, now } = call;
    const { id } = knownOrganization(call);
    const then = now() - settings.searchDelayMs;
    const members = [...store.members.by('organization', id)]
      .filter((member) => wasMember(member, then))
      .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    return listAnswer(members, query, {
      name: 'members',
      idOf: placeOf,
      present: memberView(call),
      checkpoints: true,
      // Recorded: there is a checkpoint unless there are no members, and the page after the last one is empty.
      next: 'always',
      pagedMax: PAGED_MAX,
    });
  },
};

/** Recorded in kind: checkpoints contain time and user, so that they remain valid after a removal. */
function placeOf({ added_at, user_id }: Member): string {
  return `${new Date(added_at).toISOString()},${user_id}`;
}

function memberView({ store, query }: Call): (member: Member) => object {
  const hasFields = query.get('fields');
  const choose = chosenFields(query);
  return ({ user_id, roles }) => {
    const profile = store.users.get(user_id)?.profile as Record<string, unknown> | undefined;
    const shown = Object.fromEntries(
      FIELDS.flatMap((name) => (profile?.[name] === undefined ? [] : [[name, profile[name]]])),
    );
    const known = roles.flatMap((id) => store.roles.get(id) ?? []).map(({ id, name }) => ({ id, name }));
    return hasFields ? choose({ ...shown, roles: known }) : shown;
  };
}

const addMembersEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:organization_members'],
  logAs: 'Add members to an Organization',
  answer: (call: Call) => {
    const { store, now } = call;
    const { id } = knownOrganization(call);
    const { members } = checkBody(call.body, MEMBERS) as { members: string[] };
    // All or nothing. Guessed: no recording includes an unknown user.
    if (members.some((user) => !store.users.has(user)))
      throw new ApiError(404, 'The user does not exist.', 'inexistent_user');
    for (const user of members) addMember(store, id, user, now());
    return NO_CONTENT;
  },
};

const removeMembersEndpoint: Endpoint = {
  method: 'DELETE',
  path: PATH,
  scopes: ['delete:organization_members'],
  logAs: 'Remove members from an Organization',
  // Recorded: idempotent for users who are not members.
  answer: (call: Call) => {
    const { store, settings, now } = call;
    const { id } = knownOrganization(call);
    const { members } = checkBody(call.body, MEMBERS) as { members: string[] };
    for (const user of members)
      removeMember(store, id, user, { now: now(), lags: settings.searchDelayMs > 0 });
    return NO_CONTENT;
  },
};

/** Reported for reading (terraform-provider-auth0#946): 404 for a user who is not a member. The wording is guessed. */
function knownMember(call: Call): Member {
  const { id } = knownOrganization(call);
  const member = membershipOf(call.store, id, call.params['user_id'] ?? '');
  if (!member) throw new ApiError(404, 'The user is not a member of the organization.');
  return member;
}

const listMemberRolesEndpoint: Endpoint = {
  method: 'GET',
  path: ROLES,
  scopes: ['read:organization_member_roles'],
  answer: (call: Call) =>
    listAnswer(
      knownMember(call).roles.flatMap((id) => call.store.roles.get(id) ?? []),
      call.query,
      {
        name: 'roles',
        idOf: ({ id }) => id,
        present: ({ id, name, description }) => ({ id, name, description }),
        checkpoints: false,
      },
    ),
};

const addMemberRolesEndpoint: Endpoint = {
  method: 'POST',
  path: ROLES,
  scopes: ['create:organization_member_roles'],
  logAs: 'Assign roles to a member of an Organization',
  answer: (call: Call) => {
    const named = readRoles(call);
    const { id } = knownOrganization(call);
    const user = knownUser({ ...call, params: { id: call.params['user_id'] ?? '' } });
    // As for a user's roles: status specified there, wording guessed.
    if (named.some((id) => !call.store.roles.has(id))) throw new ApiError(400, 'The role does not exist.');
    giveRoles(call.store, id, user.profile.user_id, named);
    return NO_CONTENT;
  },
};

const removeMemberRolesEndpoint: Endpoint = {
  method: 'DELETE',
  path: ROLES,
  scopes: ['delete:organization_member_roles'],
  logAs: 'Remove roles from a member of an Organization',
  answer: (call: Call) => {
    const named = readRoles(call);
    const member = knownMember(call);
    call.store.members.put({ ...member, roles: member.roles.filter((id) => !named.includes(id)) });
    return NO_CONTENT;
  },
};

function readRoles({ body }: Call): string[] {
  return (checkBody(body, MEMBER_ROLES) as { roles: string[] }).roles;
}

export const ORGANIZATION_MEMBERS: readonly Endpoint[] = [
  listMembersEndpoint,
  addMembersEndpoint,
  removeMembersEndpoint,
  listMemberRolesEndpoint,
  addMemberRolesEndpoint,
  removeMemberRolesEndpoint,
];
