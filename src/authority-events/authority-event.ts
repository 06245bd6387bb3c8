/** What is kept of an event of the authority: ids, times and states, and nothing else of a person. */
import { readInstant } from '../contract/instant.ts';
import { isRecord } from '../json.ts';
import { Problem } from '../problem.ts';
import { claimsOf, type Claim } from './claims.ts';

/** `joined`, `left`: an organization. */
export type EventKind = 'created' | 'changed' | 'deleted' | 'joined' | 'left';

export interface AuthorityEvent {
  /** By which a repetition is recognized. */
  id: string;
  kind: EventKind;
  userId: string;
  /** When it happened, ISO 8601. */
  time: string;
  /** Of the user's record, ISO 8601: orders changes, and tells our own from others. */
  updatedAt?: string;
  isBlocked?: boolean;
  /** undefined: the event does not say. */
  wasBlocked?: boolean;
  /** What names tenants whose user it is or was. */
  claims: Claim[];
  /** Nothing says whose user it was. */
  isOfUnknownTenant?: true;
}

/** A delivery, as the contract checks it. */
export interface Delivery {
  id: string;
  type: string;
  time: string;
  data: { object: Record<string, unknown>; previous_object?: Record<string, unknown> | null };
  a0purpose?: string;
}

const KINDS: Readonly<Record<string, EventKind>> = {
  'user.created': 'created',
  'user.updated': 'changed',
  'user.deleted': 'deleted',
  'organization.member.added': 'joined',
  'organization.member.deleted': 'left',
};

/** Members that every sign-in changes. */
const OF_SIGN_INS = new Set(['last_login', 'last_ip', 'logins_count', 'updated_at']);

/** @returns undefined: nothing to process. @throws Problem `invalid_body` */
export function readDelivery({ id, type, time, data, a0purpose }: Delivery): AuthorityEvent | undefined {
  const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind === undefined || a0purpose === 'test') return undefined;
  const { object, previous_object: previous } = data;
  if (kind === 'joined' || kind === 'left') {
    const [user, organization] = [object['user'], object['organization']];
    const name = isRecord(organization) ? organization['id'] : undefined;
    if (!isRecord(user) || typeof name !== 'string') throw malformed('/data/object');
    return { id, kind, time, userId: userIdOf(user), claims: [{ organization: name }] };
  }
  const userId = userIdOf(object);
  if (kind === 'changed' && previous && !differs(object, previous)) return undefined;
  return ofRecord({ id, kind, time, userId }, object, previous ?? undefined);
}

/** @param previous the record before the change, where that is known. @returns undefined when it concerns no tenant */
export function ofRecord(
  event: Pick<AuthorityEvent, 'id' | 'kind' | 'time' | 'userId'>,
  record: Record<string, unknown>,
  previous?: Record<string, unknown>,
): AuthorityEvent | undefined {
  const claims = claimsOf(record['app_metadata'], previous?.['app_metadata']);
  // Every record has this: without it the record is not shown, and whose user it was is unknown.
  const isOfUnknownTenant = event.kind === 'deleted' && record['created_at'] === undefined && !claims.length;
  if (claims.length === 0 && !isOfUnknownTenant) return undefined;
  const updatedAt = record['updated_at'];
  return {
    ...event,
    isBlocked: record['blocked'] === true,
    ...(isTime(updatedAt) && { updatedAt }),
    ...(previous && { wasBlocked: previous['blocked'] === true }),
    claims,
    ...(isOfUnknownTenant && { isOfUnknownTenant }),
  };
}

/** Fractions of a second may have any number of digits. */
const MAX_TIME = 40;

const isTime = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_TIME && readInstant(value) !== undefined;

const MAX_USER_ID = 255;

function userIdOf({ user_id: id }: Record<string, unknown>): string {
  if (typeof id !== 'string' || id.length > MAX_USER_ID || !/^[^|\s]+\|./.test(id))
    throw malformed('/data/object');
  return id;
}

/** Whether anything but signs of a sign-in changed. */
function differs(record: Record<string, unknown>, previous: Record<string, unknown>): boolean {
  const names = new Set([...Object.keys(record), ...Object.keys(previous)]);
  for (const name of names)
    if (!OF_SIGN_INS.has(name) && JSON.stringify(record[name]) !== JSON.stringify(previous[name]))
      return true;
  return false;
}

const malformed = (pointer: string) =>
  new Problem('invalid_body', {
    errors: [{ in: 'body', pointer, code: 'invalid', message: 'does not name a user' }],
  });
