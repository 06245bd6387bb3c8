import type { Interaction } from './recordings.ts';

export interface Answered {
  status: number;
  body: unknown;
}

/** @returns what differs in status, set of members or errorCode; undefined when nothing does */
export function difference({ status, response }: Interaction, ours: Answered): string | undefined {
  if (status !== ours.status) return `status ${ours.status} instead of ${status}: ${brief(ours.body)}`;
  if (isOverwritten(response)) return undefined;
  const [theirs, mine] = [codeOf(response), codeOf(ours.body)];
  if (theirs !== mine) return `errorCode ${String(mine)} instead of ${String(theirs)}`;
  return differentMembers(response, ours.body, '');
}

function codeOf(body: unknown): unknown {
  return isObject(body) ? (body['errorCode'] ?? body['error']) : undefined;
}

/** Of some bodies the recording kept only members that it removed secrets from, whether they were there or not. */
function isOverwritten(body: unknown): boolean {
  return isObject(body) && Object.values(body).every((value) => value === 'REDACTED');
}

function differentMembers(theirs: unknown, ours: unknown, at: string): string | undefined {
  if (Array.isArray(theirs) !== Array.isArray(ours)) return `${at || 'body'}: a list on one side only`;
  if (Array.isArray(theirs) && Array.isArray(ours)) {
    // What is in a list depends on what else the account holds; what an element looks like doesn't.
    const [one, other] = [theirs.find(isObject), ours.find(isObject)];
    return one && other ? differentMembers(one, other, `${at}[]`) : undefined;
  }
  if (!isObject(theirs) || !isObject(ours)) return undefined;
  const missing = membersOf(theirs).filter((name) => !(name in ours));
  const extra = membersOf(ours).filter((name) => !(name in theirs));
  if (missing.length + extra.length > 0)
    return `${at || 'body'}: without [${missing.join(' ')}], with [${extra.join(' ')}]`;
  // Lists within an envelope are part of its form.
  for (const name of Object.keys(theirs)) {
    if (!Array.isArray(theirs[name])) continue;
    const inner = differentMembers(theirs[name], ours[name], `${at}.${name}`);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** Secrets were removed from the recordings in both ways: by another value, and altogether. */
const SECRETS = new Set(['client_secret', 'signing_keys', 'signing_secret', 'encryption_key']);

function membersOf(body: Record<string, unknown>): string[] {
  return Object.keys(body).filter((name) => !SECRETS.has(name));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function brief(body: unknown): string {
  return (JSON.stringify(body) ?? '').slice(0, 160);
}
