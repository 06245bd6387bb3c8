/**
 * What the tenant log says of users: whose record may have changed, and how memberships changed. It never says whose tenant's they are, nor
 * reliably what changed: the record does.
 */
import type { Auth0LogEvent } from '../../src/auth0/management-logs.ts';
import { isRecord } from '../../src/json.ts';

export type LogHint =
  | { what: 'user'; userId: string; isNew: boolean; log: Auth0LogEvent }
  | { what: 'joined' | 'left'; userId: string; organization: string; log: Auth0LogEvent };

/**
 * Beside operations of the Management API (`sapi`): users who signed up, were deleted, changed password, email, name or phone number, verified
 * their address, or were changed by SCIM. Sign-ins change nothing that concerns us; there are too many to read each one's user.
 */
const OF_USERS = new Set(['ss', 'sdu', 'du', 'scp', 'sce', 'scu', 'scpn', 'sv', 'sscim']);

/** @param ownClientId whose operations are our own */
export function hintsIn(logs: readonly Auth0LogEvent[], ownClientId: string): LogHint[] {
  const hints = logs
    .filter(({ client_id }) => client_id !== ownClientId)
    .flatMap((log) => (log.type === 'sapi' ? ofOperation(log) : ofUser(log)));
  // One reading of a user for a page: the last change shows all.
  const last = new Map(hints.map((hint) => [keyOf(hint), hint]));
  return [...last.values()];
}

const keyOf = (hint: LogHint): string =>
  hint.what === 'user' ? hint.userId : `${hint.what} ${hint.organization} ${hint.userId}`;

function ofUser(log: Auth0LogEvent): LogHint[] {
  return OF_USERS.has(log.type) && isUserId(log.user_id)
    ? [userHint(log.user_id, log.type === 'ss', log)]
    : [];
}

const userHint = (userId: string, isNew: boolean, log: Auth0LogEvent): LogHint => ({
  what: 'user',
  userId,
  isNew,
  log,
});

function ofOperation(log: Auth0LogEvent): LogHint[] {
  const details = isRecord(log.details) ? log.details : {};
  const request = isRecord(details['request']) ? details['request'] : {};
  const response = isRecord(details['response']) ? details['response'] : {};
  const { method, path, body } = request;
  if (typeof path !== 'string') return [];
  const [, , , resource, id = '', below] = path.split('/').map(decoded);
  if (resource === 'users') {
    const userId = id || (isRecord(response['body']) ? response['body']['user_id'] : undefined);
    return isUserId(userId) ? [userHint(userId, id === '', log)] : [];
  }
  if (resource !== 'organizations' || below !== 'members' || !isRecord(body)) return [];
  const members: unknown[] = Array.isArray(body['members']) ? body['members'] : [];
  const what = String(method).toLowerCase() === 'delete' ? 'left' : 'joined';
  return members.filter(isUserId).map((userId) => ({ what, userId, organization: id, log }));
}

const isUserId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= 255 && /^[^|\s]+\|./.test(value);

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
