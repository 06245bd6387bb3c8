import { setTimeout as delay } from 'node:timers/promises';
import { ENDPOINTS } from '../../../src/stand-in/management/endpoints.ts';
import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import type { Table } from '../../../src/stand-in/store/table.ts';
import { differences, isObject, type Answered } from './compare.ts';
import { IdMap } from './id-map.ts';
import { prepare } from './prerequisites.ts';
import type { Interaction } from './recordings.ts';
import { withVerifier } from './sign-ins-before.ts';

/** An answer, and in what it differs from the recorded one. */
export interface Replayed {
  case: string;
  method: string;
  path: string;
  differences: string[];
}

/** Sends a case's requests in order, but for those to endpoints that are not here. */
export async function replayCase(
  standIn: StandIn,
  token: string,
  interactions: readonly Interaction[],
): Promise<Replayed[]> {
  const forget = rememberState(standIn);
  const ids = new IdMap();
  prepare(standIn, ids, interactions);
  const replayed: Replayed[] = [];
  const users: unknown[] = [];
  for (const interaction of interactions) {
    if (!isHere(interaction)) continue;
    if (interaction.path.startsWith('/api/v2/jobs/job_')) await untilImportsEnd(standIn);
    steer(standIn, interaction);
    const answer = await send(standIn, token, interaction, ids, users);
    if (interaction.path === '/api/v2/users' && interaction.status === 201)
      users.push(importable(interaction));
    ids.learn(interaction.response, answer.body);
    const isSameId = (theirs: string, ours: string): boolean => ids.translate(theirs) === ours;
    const { case: name, method, path } = interaction;
    replayed.push({
      case: name,
      method,
      path,
      differences: differences(interaction, answer, isSameId),
    });
  }
  forget();
  return replayed;
}

const PATHS = ENDPOINTS.map(({ method, path }) => ({
  method,
  path: new RegExp(`^/api/v2${path.replace(/\{\w+\}/g, '[^/?]+')}(\\?|$)`),
}));

/** Actions and other things that an account has are not. */
function isHere({ method, path }: Interaction): boolean {
  return !path.startsWith('/api/v2/') || PATHS.some((one) => one.method === method && one.path.test(path));
}

async function send(
  { url }: StandIn,
  token: string,
  { method, path, request, response }: Interaction,
  ids: IdMap,
  users: unknown[],
): Promise<Answered> {
  const text = request === null ? undefined : typeof request === 'string' ? request : JSON.stringify(request);
  const body =
    text === undefined || method === 'GET'
      ? undefined
      : wholeForm(ids.translate(withPassword(withVerifier(text))), users);
  const address = new URL(ids.translate(path), url);
  const sent: RequestInit = {
    method,
    redirect: 'manual',
    headers: {
      ...(path.startsWith('/api/') && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': contentTypeOf(request) }),
    },
    ...(body !== undefined && { body }),
  };
  const answered = await answerTo(address, sent);
  const isOver = method !== 'GET' || JSON.stringify(response)?.includes(PENDING);
  return isOver ? answered : whenOver(address, sent, answered);
}

async function answerTo(address: URL, sent: RequestInit): Promise<Answered> {
  const response = await fetch(address, sent);
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : parse(text) };
}

const PENDING = '"status":"pending"';

/** Deliveries are recorded as they were in the end. */
async function whenOver(address: URL, sent: RequestInit, first: Answered): Promise<Answered> {
  let answered = first;
  while (address.pathname.includes('/deliveries') && JSON.stringify(answered.body).includes(PENDING)) {
    await delay(5);
    answered = await answerTo(address, sent);
  }
  return answered;
}

/**
 * How long Auth0 took in the background for builds of Actions, deletions of connections and checks of domains is not recorded; whether it
 * had ended is.
 */
function steer({ controls }: StandIn, { method, path, status, response }: Interaction): void {
  const shown = JSON.stringify(response) ?? '';
  const isDeletion = method === 'DELETE' && /^\/api\/v2\/connections\/[^/]+$/.test(path);
  controls.change({
    actionBuildMs: shown.includes('"status":"building"') ? LONG_MS : 0,
    customDomainCheckMs: isObject(response) && 'certificate' in response ? 0 : LONG_MS,
    ...(isDeletion && { connectionDeletionMs: status === 202 ? LONG_MS : 0 }),
  });
}

/** Longer than any replay takes. */
const LONG_MS = 3_600_000;

/** What is recorded of a job is how it was in the end. */
async function untilImportsEnd({ store }: StandIn): Promise<void> {
  while (store.jobs.count('status', 'pending') > 0) await delay(5);
}

/** Where a password was removed from the recording: one that every policy takes. */
function withPassword(text: string): string {
  return text.replaceAll(
    /"password":"(REDACTED|\[secret removed\])"/g,
    '"password":"Correct-Horse-7-Battery"',
  );
}

/** What an import's file holds of a user that was created before. */
function importable({ request }: Interaction): unknown {
  const { email } = request as { email?: string };
  return { email, email_verified: true };
}

/** The recordings cut long requests off, and so the files of imports: the form gets its last part back. */
function wholeForm(text: string, users: unknown[]): string {
  const boundary = /^--(\S+)\r\n/.exec(text)?.[1];
  if (boundary === undefined || text.trimEnd().endsWith(`--${boundary}--`)) return text;
  const whole = text.slice(0, text.lastIndexOf(`--${boundary}`));
  const file = JSON.stringify(users.length > 0 ? users : [{ email: 'somebody@example.com' }]);
  return `${whole}--${boundary}\r\nContent-Disposition: form-data; name="users"; filename="users.json"\r\nContent-Type: application/json\r\n\r\n${file}\r\n--${boundary}--\r\n`;
}

function contentTypeOf(request: unknown): string {
  if (typeof request !== 'string') return 'application/json';
  const boundary = /^--(\S+)\r?\n/.exec(request)?.[1];
  return boundary === undefined
    ? 'application/x-www-form-urlencoded'
    : `multipart/form-data; boundary=${boundary}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @returns what takes back everything that came after: cases do not know of each other */
function rememberState({ store }: StandIn): () => void {
  const tables = Object.values(store).filter((one): one is Table<unknown> => typeof one === 'object');
  const before = tables.map((table) => new Map(table.entries()));
  return () => {
    tables.forEach((table, index) => {
      for (const key of [...table.keys()]) if (!before[index]?.has(key)) table.delete(key);
      for (const [key, record] of before[index] ?? []) if (table.get(key) !== record) table.put(record);
    });
  };
}
