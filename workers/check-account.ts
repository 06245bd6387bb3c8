/**
 * Compares the account with what Trivium needs of it, as `trivium setup --check` does, and records what has changed since the last time: an
 * event for each difference that has appeared or ended.
 */
import type { Redis } from 'ioredis';
import { refusalIn } from '../src/auth0/errors.ts';
import { createManagementReader } from '../src/auth0/management-reader.ts';
import type { SendCall } from '../src/auth0/management.ts';
import type { ManagementToken } from '../src/auth0/management-token.ts';
import { describeRefusal } from '../src/auth0/refusal.ts';
import { scopesInToken } from '../src/auth0/scopes-in-token.ts';
import { compareAccount, createReader, type Comparison } from '../src/command-line/setup/comparison.ts';
import { systemEvent } from '../src/events/event.ts';
import type { Log } from '../src/log.ts';
import { redisNow } from '../src/redis/clock.ts';
import {
  KEPT_OF_PART,
  readAccountCheck,
  saveAccountCheck,
  type AccountCheck,
} from '../src/registry/account-check.ts';

interface Parts {
  redis: Redis;
  token: ManagementToken;
  /** Spends the budget. */
  send: SendCall;
  /** Of the account. */
  url: string;
  audience: string;
  /** The workers' client id. */
  workers: string;
  /** `AUTH0_CUSTOM_DOMAIN` */
  customDomain: string | undefined;
  /** Of the contract, and of services → their descriptions. */
  scopes: ReadonlyMap<string, string>;
  log: Log;
}

const MAX_NAME = 160;
const REMEDY = 'npm exec --no -- trivium setup --check';

export async function checkAccount(parts: Parts): Promise<void> {
  const { redis, token, send, url, audience, workers, customDomain, scopes, log } = parts;
  const comparison = await compareAccount({
    reader: createReader(createManagementReader({ authorityUrl: url, token }, send), refusalIn403),
    url: new URL(url).href,
    audience,
    workers,
    customDomain,
    scopes: [...scopes].map(([value, description]) => ({ value, description })),
    held: scopesInToken(await token.current()),
  });
  const before = await readAccountCheck(redis);
  const check = toCheck(comparison, before);
  const { appeared, ended } = changesBetween(before, check);
  await saveAccountCheck(redis, check, [
    ...appeared.map((name) => systemEvent('account_drift.found', undefined, name)),
    ...ended.map((name) => systemEvent('account_drift.ended', undefined, name)),
  ]);
  report(log, comparison, appeared, before);
}

/** Auth0's code and no more: its words may quote anything. */
function refusalIn403(error: unknown): string | undefined {
  const refusal = refusalIn(error);
  return refusal?.status === 403 ? describeRefusal(refusal) : undefined;
}

const nameOf = ({ part, about }: Comparison['differences'][number]): string =>
  `${part} ${about}`.trim().slice(0, MAX_NAME);

/** Of what could not be read this time, what was found before still counts. */
function toCheck(
  { compared, differences, unread }: Comparison,
  before: AccountCheck | undefined,
): AccountCheck {
  const isCompared = (name: string) => compared.includes(name.split(' ')[0] ?? '');
  const still = (before?.found ?? []).filter((name) => !isCompared(name));
  const found = firstOfEach([...new Set([...still, ...differences.map(nameOf)])]);
  return { at: redisNow(), compared, unread, found };
}

/** Of each part: whoever can make differences without end, such as third-party clients, hides none of another part. */
function firstOfEach(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return names.filter((name) => {
    const part = name.split(' ')[0] ?? '';
    const count = (counts.get(part) ?? 0) + 1;
    counts.set(part, count);
    return count <= KEPT_OF_PART;
  });
}

/** Pure. */
function changesBetween(before: AccountCheck | undefined, { found }: AccountCheck) {
  const known = before?.found ?? [];
  return {
    appeared: found.filter((name) => !known.includes(name)),
    ended: known.filter((name) => !found.includes(name)),
  };
}

function report(
  log: Log,
  { differences, unread }: Comparison,
  appeared: readonly string[],
  before: AccountCheck | undefined,
): void {
  for (const difference of differences.filter((one) => appeared.includes(nameOf(one))))
    log.warn({ ...difference, remedy: REMEDY }, 'the account differs from what Trivium needs');
  const isNew = JSON.stringify(unread) !== JSON.stringify(before?.unread ?? []);
  if (isNew && unread.length > 0)
    log.info(
      { parts: unread.map(({ part }) => part), needs: [...new Set(unread.flatMap(({ needs }) => needs))] },
      'parts of the account are not compared: the client of the workers lacks these scopes',
    );
}
