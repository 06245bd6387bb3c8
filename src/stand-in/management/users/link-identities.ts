import type { Identity, StoredUser } from '../../store/records.ts';
import { ApiError, invalidPath } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { knownUser } from './known-user.ts';

export const linkIdentityEndpoint: Endpoint = {
  method: 'POST',
  path: '/users/{id}/identities',
  scopes: ['update:users', 'update:current_user_identities'],
  logAs: 'Link a user account',
  // The linked user stops being a separate user (Auth0 docs, "User account linking").
  answer: (call: Call) => {
    const { store } = call;
    const user = knownUser(call);
    const { provider, user_id: given } = checkBody(call.body, {
      required: [],
      properties: {
        provider: { type: 'string' },
        connection_id: { type: 'string' },
        user_id: { type: 'string' },
        link_with: { type: 'string' },
      },
    }) as { provider?: string; user_id?: string };
    const id = given?.includes('|') ? given : `${provider}|${given}`;
    const other = store.users.get(id);
    // Statuses specified, wording guessed.
    if (!other) throw new ApiError(400, 'The user does not exist.', 'inexistent_user');
    if (other === user)
      throw new ApiError(400, 'Main account and linked account are the same.', 'invalid_body');
    store.users.delete(id);
    const { profile } = store.users.put(withIdentities(user, [...user.profile.identities, ...linked(other)]));
    return { status: 201, body: profile.identities.map((identity) => identityView(profile, identity)) };
  },
};

export const unlinkIdentityEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/users/{id}/identities/{provider}/{identity}',
  scopes: ['update:users', 'update:current_user_identities'],
  logAs: 'Unlink a user account',
  answer: (call: Call) => {
    const user = knownUser(call);
    const { provider = '', identity: local = '' } = call.params;
    const [main, ...others] = user.profile.identities;
    const rest = others.filter((one) => !(one.provider === provider && one.user_id === local));
    if (rest.length === others.length) throw invalidPath('No such identity', 'user_id');
    const { profile } = call.store.users.put(withIdentities(user, main ? [main, ...rest] : rest));
    return { status: 200, body: profile.identities.map((identity) => identityView(profile, identity)) };
  },
};

function withIdentities(user: StoredUser, identities: Identity[]): StoredUser {
  return { ...user, profile: { ...user.profile, identities } };
}

function linked({ profile }: StoredUser): Identity[] {
  const { email, email_verified, given_name, family_name, username, nickname, picture } = profile;
  const profileData = { email, email_verified, given_name, family_name, username, nickname, picture };
  return profile.identities.map((identity) => ({ ...identity, profileData }));
}

/** Recorded: includes the former profile of each identity. */
function identityView(profile: StoredUser['profile'], identity: Identity): object {
  const { email, email_verified, given_name, family_name, username, nickname, picture } = profile;
  const own = { email, email_verified, given_name, family_name, username, nickname, picture };
  return { profileData: own, ...identity };
}
