import type { Interaction } from './recordings.ts';

export interface Answered {
  status: number;
  body: unknown;
}

/** Whether an id of the recording is this one here. */
export type SameId = (theirs: string, ours: string) => boolean;

/**
 * Compares status, members and values, nested ones too; not what is made up anew each time (ids, times), what recordings don't tell
 * (secrets), and what is the account's own (its name, its addresses, what else it holds).
 * @returns a line for each difference; none when the answers are equal
 */
export function differences(
  { method, status, response }: Interaction,
  ours: Answered,
  isSameId: SameId,
): string[] {
  if (status !== ours.status) return [`status ${ours.status} instead of ${status}: ${brief(ours.body)}`];
  if (isOverwritten(response)) return [];
  const found: string[] = [];
  compare(response, ours.body, { at: '', isListing: method === 'GET', found, isSameId });
  return found;
}

interface Place {
  at: string;
  /** What is listed depends on what else the account holds. */
  isListing: boolean;
  found: string[];
  isSameId: SameId;
}

function compare(theirs: unknown, ours: unknown, place: Place): void {
  if (isRedacted(theirs)) return;
  if (Array.isArray(theirs) && Array.isArray(ours)) compareLists(theirs, ours, place);
  else if (isObject(theirs) && isObject(ours)) compareMembers(theirs, ours, place);
  else if (!isSameValue(theirs, ours, place.isSameId))
    place.found.push(`${place.at || 'body'}: ${brief(ours)} instead of ${brief(theirs)}`);
}

function compareMembers(theirs: Record<string, unknown>, ours: Record<string, unknown>, place: Place): void {
  const names = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  // An envelope around a list; what is below an element's members is that element's own.
  const isEnvelope = place.isListing && place.at === '' && Object.values(theirs).some(Array.isArray);
  for (const name of names) {
    if (SECRETS.has(name)) continue;
    const at = place.at === '' ? name : `${place.at}.${name}`;
    if (!(name in ours)) place.found.push(`without ${at}`);
    else if (!(name in theirs)) place.found.push(`with ${at}`);
    else if (!OWN.has(name)) compare(theirs[name], ours[name], { ...place, at, isListing: isEnvelope });
  }
}

function compareLists(theirs: readonly unknown[], ours: readonly unknown[], place: Place): void {
  const below = { ...place, at: `${place.at}[]`, isListing: false };
  if (place.isListing) {
    const pairs = theirs.flatMap((one): [unknown, unknown][] => {
      // Several may have the same id: versions of a trigger.
      const same =
        ours.find((other) => isEqual(one, other, below)) ??
        ours.find((other) => isSameRecord(one, other, place.isSameId));
      return same === undefined ? [] : [[one, same]];
    });
    for (const [one, other] of pairs) compare(one, other, below);
    if (pairs.length === 0) compareNames(theirs.filter(isObject), ours.filter(isObject), below);
  } else if (theirs.length !== ours.length)
    place.found.push(`${place.at || 'body'}: ${brief(ours)} instead of ${brief(theirs)}`);
  // The order of a set is nobody's concern.
  else if (!theirs.every((one) => ours.some((other) => isEqual(one, other, below))))
    theirs.forEach((one, index) => compare(one, ours[index], below));
}

/** Of records that are not the same ones, only members that all of theirs have and none of ours, or the other way round. */
function compareNames(theirs: readonly object[], ours: readonly object[], place: Place): void {
  if (theirs.length === 0 || ours.length === 0) return;
  const missing = (from: readonly object[], all: readonly object[]): string[] =>
    Object.keys(all[0] ?? {}).filter(
      (name) => !SECRETS.has(name) && all.every((one) => name in one) && !from.some((one) => name in one),
    );
  for (const name of missing(ours, theirs)) place.found.push(`without ${place.at}.${name}`);
  for (const name of missing(theirs, ours)) place.found.push(`with ${place.at}.${name}`);
}

function isEqual(theirs: unknown, ours: unknown, place: Place): boolean {
  const found: string[] = [];
  compare(theirs, ours, { ...place, found });
  return found.length === 0;
}

function isSameRecord(theirs: unknown, ours: unknown, isSameId: SameId): boolean {
  if (!isObject(theirs) || !isObject(ours)) return false;
  // The first that it has is its own; others may say whose it is.
  const name = ['log_id', 'custom_domain_id', 'id', 'client_id', 'user_id', 'permission_name'].find(
    (one) => one in theirs,
  );
  const [one, other] = name === undefined ? [] : [theirs[name], ours[name]];
  return typeof one === 'string' && typeof other === 'string' && (one === other || isSameId(one, other));
}

function isSameValue(theirs: unknown, ours: unknown, isSameId: SameId): boolean {
  if (theirs === ours) return true;
  if (typeof theirs !== 'string' || typeof ours !== 'string') return false;
  return (isTime(theirs) && isTime(ours)) || isSameId(theirs, ours);
}

function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text);
}

/** Of some bodies the recording kept only members that it removed secrets from, whether they were there or not. */
function isOverwritten(body: unknown): boolean {
  return isObject(body) && Object.values(body).every((value) => value === 'REDACTED');
}

function isRedacted(value: unknown): boolean {
  return typeof value === 'string' && /^REDACTED$|^\[.*removed\]$/.test(value);
}

/** Secrets were removed from the recordings in both ways: by another value, and altogether. */
const SECRETS = new Set(['client_secret', 'signing_keys', 'signing_secret']);

/** What only this account, or only this request, could answer. */
const OWN = new Set([
  'tenant',
  'app_domain',
  'provisioning_ticket_url',
  'picture',
  'ticket',
  'total',
  'next',
  'access_token',
  'id_token',
  'ip',
  'last_ip',
  'thumbprints',
  'recovery_code',
  'verification_txt',
  'record',
  'awsPartnerEventSource',
  'aws_partner_event_source',
  'source',
  'a0tenant',
  // How long something took.
  'duration',
  'stats',
  'stack',
]);

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function brief(body: unknown): string {
  return (JSON.stringify(body) ?? '').slice(0, 160);
}
