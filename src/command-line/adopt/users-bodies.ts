/** Which users, as the API takes them, from what the command was given. */
import { readFileSync } from 'node:fs';
import type { components } from '../generated-contract.ts';
import { Failure } from '../exit-codes.ts';
import { plainText } from '../plain-text.ts';

type UsersBody = components['schemas']['NewUserAdoption'];

export interface WhichUsers {
  query?: string;
  /** File with a user id a line. */
  ids?: string;
  roles?: string[];
  replaceRoles: boolean;
  userEvents: boolean;
  maxUsers?: number;
}

/** As many ids as the API takes in one adoption. */
const IDS_PER_BODY = 1_000;

/** @throws Failure */
export function bodiesOf({ query, ids, roles, replaceRoles, userEvents, maxUsers }: WhichUsers): UsersBody[] {
  if ((query === undefined) === (ids === undefined))
    throw new Failure('usage', ['Which users? Give --query or --ids.']);
  if (maxUsers !== undefined && !(Number.isInteger(maxUsers) && maxUsers > 0))
    throw new Failure('usage', ['--max-users is a number above 0.']);
  const how = {
    ...(roles && { roles: roles as UsersBody['roles'] }),
    ...(replaceRoles && { replace_roles: true }),
    ...(userEvents && { user_events: true }),
    ...(maxUsers !== undefined && { max_users: maxUsers }),
  } as UsersBody;
  if (ids === undefined) return [{ ...how, query }];
  const all = [...new Set(linesOf(ids))];
  if (all.length === 0) throw new Failure('usage', [`${ids} has no user ids.`]);
  const parts = Array.from({ length: Math.ceil(all.length / IDS_PER_BODY) }, (_, part) =>
    all.slice(part * IDS_PER_BODY, (part + 1) * IDS_PER_BODY),
  );
  return parts.map((user_ids) => ({ ...how, user_ids }));
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter(Boolean);
  } catch (error) {
    throw new Failure('usage', [plainText(`${path} cannot be read: ${String(error)}`)], { cause: error });
  }
}
