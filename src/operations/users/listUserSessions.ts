import { authorityOf } from '../../authorization/roles.ts';
import type { UserSession } from '../../relay/jobs/listUserSessions.ts';
import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';

export const listUserSessions: Operation<'listUserSessions', Relaying> = (call) =>
  relayed(call, { userId: call.path.user_id, authority: authorityOf(call.principal) }, toAnswer);

export const toAnswer: RelayedAnswer<'listUserSessions'> = (sessions) => ({
  status: 200,
  body: { sessions: sessions.map(presentSession) },
});

const presentSession = (session: UserSession) => ({
  id: session.id,
  created_at: session.createdAt,
  last_active_at: session.lastActiveAt,
  expires_at: session.expiresAt,
  user_agent: session.userAgent,
  ip_address: session.ipAddress,
  client_ids: session.clientIds,
});
