/** An adoption of users, as it is stored. */
import { parseJson } from '../json.ts';
import { fieldsOf } from '../redis/hash.ts';
import { isRefusal, type RefusalCode } from './refusals.ts';

/** Set once, or as it goes on. */
export interface AdoptionFields {
  tenant: string;
  dry_run: '0' | '1';
  created_at: string;
  /** Number of users that the query found at the start, or of given ids. */
  found: string;
  /** Creation date from which its search continues. */
  up_to: string;
  /** JSON list of ids: users that have been found adoptable, and may have been changed. */
  writing: string;
  expected_calls: string;
  expected_minutes: string;
  ended_at: string;
  continue_from: string;
}

export interface Adoption {
  id: string;
  tenantId: string;
  dryRun: boolean;
  createdAt: string;
  found: number | undefined;
  adopted: number;
  already: number;
  refused: Map<RefusalCode, number>;
  upTo: string | undefined;
  writing: string[];
  expectedCalls: number | undefined;
  expectedMinutes: number | undefined;
  endedAt: string | undefined;
  continueFrom: string | undefined;
  /** Events, as JSON text, to be handed over to the outbox. */
  unpublished: string[];
}

const COUNT = 'count:';
const EVENT = 'event:';

/** @returns undefined when there is none */
export function toAdoption(id: string, hash: Record<string, string>): Adoption | undefined {
  const { tenant, dry_run, created_at, writing, ...rest } = fieldsOf<Partial<AdoptionFields>>(hash);
  if (tenant === undefined || created_at === undefined) return undefined;
  const counts = new Map(
    Object.entries(hash).flatMap(([name, value]) =>
      name.startsWith(COUNT) ? [[name.slice(COUNT.length), Number(value)] as const] : [],
    ),
  );
  return {
    id,
    tenantId: tenant,
    dryRun: dry_run === '1',
    createdAt: created_at,
    found: numberOf(rest.found),
    adopted: counts.get('adopted') ?? 0,
    already: counts.get('already') ?? 0,
    refused: new Map([...counts].flatMap(([code, users]) => (isRefusal(code) ? [[code, users]] : []))),
    upTo: rest.up_to,
    writing: writing === undefined ? [] : parseJson<string[]>(writing),
    expectedCalls: numberOf(rest.expected_calls),
    expectedMinutes: numberOf(rest.expected_minutes),
    endedAt: rest.ended_at,
    continueFrom: rest.continue_from,
    unpublished: Object.entries(hash).flatMap(([name, text]) => (name.startsWith(EVENT) ? [text] : [])),
  };
}

/** Name of the field of an event. */
export const eventField = (eventId: string): string => EVENT + eventId;

export const sizeOf = ({ adopted, already, refused }: Adoption): number =>
  [...refused.values()].reduce((sum, users) => sum + users, adopted + already);

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);
