/** Verifies an audit log against its chain: finds edited, dropped and moved events. */
import type { Redis } from 'ioredis';
import { parseJson } from '../json.ts';
import { readHead, readLog, type LogEntry, type RecordedEvent } from './audit-log.ts';
import { START, type ChainKeys, type Link, type SealedLink } from './chain.ts';

export interface LogFault {
  /** `unreadable`: linked with a key that is not configured. */
  kind: 'edited' | 'dropped' | 'reordered' | 'forged_end' | 'unreadable';
  /** Number of the event, or of the first missing one. */
  seq: number;
  what: string;
}

export interface LogReport {
  /** Number of events verified. */
  events: number;
  /** The last event. */
  last: Link;
  faults: LogFault[];
}

const PAGE = 1_000;

export async function verifyLog(redis: Redis, chain: ChainKeys, tenantId: string): Promise<LogReport> {
  // Read first: events added meanwhile are after it.
  const { last, anchor } = await readHead(redis, tenantId);
  const faults: LogFault[] = [];
  checkEnd(chain, tenantId, ['head', last, 'ends'], faults);
  checkEnd(chain, tenantId, ['anchor', anchor, 'begins'], faults);

  let before: Link = anchor.seq > 0 ? anchor : START;
  let events = 0;
  let from = '-';
  for (;;) {
    const page = await readLog(redis, tenantId, { from, to: '+', count: PAGE });
    for (const entry of page) {
      if (before.seq >= last.seq && events > 0 && seqOf(entry) > last.seq) break;
      events += 1;
      before = check(chain, tenantId, before, entry, faults);
    }
    const end = page.at(-1);
    if (!end || page.length < PAGE) break;
    from = `(${end.id}`;
  }
  if (before.seq < last.seq)
    faults.push({
      kind: 'dropped',
      seq: before.seq + 1,
      what: `${range(before.seq + 1, last.seq)} at the end`,
    });
  return { events, last: before, faults };
}

function checkEnd(
  chain: ChainKeys,
  tenantId: string,
  [end, link, verb]: ['head' | 'anchor', SealedLink, string],
  faults: LogFault[],
): void {
  const { seq } = link;
  if (seq === 0 || chain.isGenuine(end, tenantId, link)) return;
  const keyId = chain.lacks(link);
  const where = `where the log ${verb} was`;
  faults.push(
    keyId === undefined
      ? { kind: 'forged_end', seq, what: `${where} not written by us` }
      : { kind: 'unreadable', seq, what: `${where} sealed with key ${keyId}, which is not configured` },
  );
}

/** @returns the link that the next event must follow */
function check(chain: ChainKeys, tenantId: string, before: Link, entry: LogEntry, faults: LogFault[]): Link {
  const expected = before.seq + 1;
  const event = parse(entry.text);
  if (!event) {
    faults.push({ kind: 'edited', seq: expected, what: 'is not an event' });
    return { seq: expected, hash: entry.hash };
  }
  const { seq } = event;
  const after = { seq: Math.max(seq, before.seq), hash: entry.hash };
  if (seq > expected)
    faults.push({ kind: 'dropped', seq: expected, what: `${range(expected, seq - 1)} before number ${seq}` });
  if (seq < expected) {
    faults.push({ kind: 'reordered', seq, what: `stands behind number ${before.seq}` });
    return after;
  }
  const link = chain.linkOf(event.key, before.hash, entry.text);
  if (link === undefined)
    faults.push({
      kind: 'unreadable',
      seq,
      what: `was linked with key ${event.key}, which is not configured`,
    });
  // After a gap the previous link is unknown; whether the event itself is genuine shows at the next one.
  else if (seq === expected && link !== entry.hash)
    faults.push({ kind: 'edited', seq, what: 'does not fit its link' });
  else if ((event.tenant_id ?? '-') !== tenantId || !entry.id.startsWith(`${Date.parse(event.recorded_at)}-`))
    faults.push({ kind: 'reordered', seq, what: 'was recorded elsewhere' });
  return after;
}

const range = (first: number, last: number): string =>
  first === last ? `number ${first} is missing` : `numbers ${first} to ${last} are missing`;

const seqOf = (entry: LogEntry): number => parse(entry.text)?.seq ?? 0;

function parse(text: string): RecordedEvent | undefined {
  try {
    const event = parseJson<RecordedEvent>(text);
    return Number.isInteger(event.seq) ? event : undefined;
  } catch {
    return undefined;
  }
}
