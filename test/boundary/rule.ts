/** What the contract says of a caller and an operation, read from the contract itself and not from what decides in the program. */
import { problems } from '../../src/contract/generated-problems.ts';
import {
  loadContract,
  type OperationDescription,
  type SchemeName,
} from '../../src/contract/load-contract.ts';
import type { Thing } from './things.ts';

const contract = loadContract();
const roleScopes = contract.document['x-role-scopes'] as Record<string, string[]>;

export interface Holder {
  scheme: SchemeName;
  /** A key's own; what an app's user consented to. */
  scopes?: readonly string[];
  /** Of the user who calls, or whom the app acts for. */
  roles?: readonly string[];
  userId?: string;
}

export type Refusal =
  | 'caller_not_allowed'
  | 'insufficient_scope'
  | 'insufficient_role'
  | 'role_not_grantable'
  | 'not_found'
  | 'user_beyond_scopes';

type Concerned = Pick<Thing, 'about' | 'did' | 'gives' | 'holds'>;

export const statusOf = (code: Refusal): number => problems[code].status;

const lacks = (needed: readonly string[], held: readonly string[]) =>
  needed.some((scope) => !held.includes(scope));

/** @returns undefined: it is done */
export function refusalOf(
  operation: OperationDescription,
  { scheme, scopes = [], roles = [], userId }: Holder,
  thing: Concerned = {},
): Refusal | undefined {
  if (!operation.security.has(scheme)) return 'caller_not_allowed';
  const needed = neededBy(operation, scheme, thing);
  if (scheme === 'apiKey') {
    if (lacks(needed, scopes)) return 'insufficient_scope';
    return beyond(operation, scopes, thing);
  }
  const ofRoles = roles.flatMap((role) => roleScopes[role] ?? []);
  if (scheme === 'app' && lacks(needed, scopes)) return 'insufficient_scope';
  // What is somebody else's own is as if it were not there.
  if (operation.self === 'caller') return thing.about && thing.about !== userId ? 'not_found' : undefined;
  const isOwn = operation.self !== undefined && thing.about === userId;
  if (!isOwn && lacks(needed, ofRoles)) return 'insufficient_role';
  const held = scheme === 'app' ? ofRoles.filter((scope) => scopes.includes(scope)) : ofRoles;
  return beyond(operation, held, thing);
}

/** A job is for whoever may do what it did. */
export function neededBy(
  { security }: OperationDescription,
  scheme: SchemeName,
  { did }: Pick<Thing, 'did'>,
): readonly string[] {
  const asked = did === undefined ? security : contract.operations.get(did)!.security;
  return asked.get(scheme) ?? [];
}

function beyond(
  { path }: OperationDescription,
  held: readonly string[],
  { gives = [], holds = [] }: Concerned,
): Refusal | undefined {
  if (lacks(gives, held)) return 'role_not_grantable';
  if (!lacks(holds, held)) return undefined;
  return path.includes('{user_id}') ? 'user_beyond_scopes' : 'insufficient_scope';
}
