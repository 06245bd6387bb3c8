import { setTimeout as delay } from 'node:timers/promises';
import { ENDPOINTS } from '../../../src/stand-in/management/endpoints.ts';
import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import type { Table } from '../../../src/stand-in/store/table.ts';
import { differences, type Answered } from './compare.ts';
import { IdMap } from './id-map.ts';
import { prepare } from './prerequisites.ts';
import type { Interaction } from './recordings.ts';

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
    endBuilds(standIn, interaction);
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
  { method, path, request }: Interaction,
  ids: IdMap,
  users: unknown[],
): Promise<Answered> {
  const text = request === null ? undefined : typeof request === 'string' ? request : JSON.stringify(request);
  const body =
    text === undefined || method === 'GET' ? undefined : wholeForm(ids.translate(withPassword(text)), users);
  const response = await fetch(new URL(ids.translate(path), url), {
    method,
    redirect: 'manual',
    headers: {
      ...(path.startsWith('/api/') && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': contentTypeOf(request) }),
    },
    ...(body !== undefined && { body }),
  });
  const answer = await response.text();
  return { status: response.status, body: answer === '' ? null : parse(answer) };
}

/** How long builds of Actions took is not recorded; whether one had ended is. */
function endBuilds({ controls }: StandIn, { response }: Interaction): void {
  controls.change({
    actionBuildMs: JSON.stringify(response).includes('"status":"building"') ? BUILDING_MS : 0,
  });
}

/** Longer than any replay takes. */
const BUILDING_MS = 3_600_000;

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
