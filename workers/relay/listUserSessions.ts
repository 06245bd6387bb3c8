import type { Auth0Session } from '../../src/auth0/management-users.ts';
import type { UserSession } from '../../src/relay/jobs/listUserSessions.ts';
import type { Performer } from './performer.ts';

/** Who may not change a user does not see where the user is signed in either. */
export const listUserSessions: Performer<'listUserSessions'> = async ({ users }, { userId, authority }) => {
  const user = await users.toChange(userId, authority);
  return (await user.listSessions()).map(toSession);
};

function toSession({ id, device, clients, ...times }: Auth0Session): UserSession {
  return {
    id,
    createdAt: times.created_at ?? undefined,
    lastActiveAt: times.last_interacted_at ?? undefined,
    expiresAt: times.expires_at ?? undefined,
    userAgent: device?.last_user_agent ?? device?.initial_user_agent ?? undefined,
    ipAddress: device?.last_ip ?? device?.initial_ip ?? undefined,
    clientIds: (clients ?? []).flatMap(({ client_id }) => client_id ?? []),
  };
}
