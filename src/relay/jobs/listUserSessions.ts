import type { Authority } from '../../authorization/roles.ts';
import { TEN_MINUTES_MS, relayJob } from '../relay-job.ts';

export interface ListUserSessionsInput {
  userId: string;
  authority: Authority;
}

/** A session at the authority. Times ISO 8601. */
export interface UserSession {
  id: string;
  createdAt: string | undefined;
  lastActiveAt: string | undefined;
  expiresAt: string | undefined;
  userAgent: string | undefined;
  ipAddress: string | undefined;
  clientIds: string[];
}

export const listUserSessions = relayJob<ListUserSessionsInput, UserSession[]>()({
  name: 'users.sessions.list',
  tenant: 'active',
  access: 'tenant-users',
  repeat: 'idempotent',
  firstCall: 'getUser',
  attempts: 3,
  keepMs: TEN_MINUTES_MS,
  isRead: true,
});
