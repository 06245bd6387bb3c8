/** `trivium import`: resumes the import that the same command began, or begins one; follows it; downloads its results. */
import { get, isLoopback, type Api } from './api.ts';
import type { Display } from './display.ts';
import { reportDryRun } from './dry-run.ts';
import { Failure, type Ending } from './exit-codes.ts';
import { followImport } from './follow-import.ts';
import { asImport, endingOf, hasEnded, inWords, type ImportState } from './import-state.ts';
import type { InputFile } from './input-file.ts';
import { plainText, rowsInWords } from './plain-text.ts';
import { rememberedImport, type RememberedImport } from './remembered-import.ts';
import { saveResults } from './results.ts';
import { upload } from './upload.ts';

export interface ImportWish {
  file: InputFile;
  charset: string | undefined;
  dryRun: boolean;
  channel: string | undefined;
  sendVerificationEmail: boolean;
  userEvents: boolean;
  gzip: boolean | undefined;
  /** Wait until every row has its outcome. */
  wait: boolean;
  out: string | undefined;
  idempotencyKey: string | undefined;
  /** The server has created an import, which continues independently of this program. */
  onBegun: (importId: string) => void;
}

const CONFLICT = 409;
/** Compressing less than this costs more than it saves. */
const WORTH_PACKING_BYTES = 65_536;

/** @returns the exit code's name @throws Failure */
export async function runImport(api: Api, wish: ImportWish, display: Display): Promise<Ending> {
  if (wish.dryRun) return tryDry(api, wish, display);
  const memory = await remember(api, wish);
  let state = await resume(api, memory, display);
  if (!state) {
    state = await begin(api, wish, memory, display);
    display.say(
      `Import ${plainText(state.id)} has ${rowsInWords(state.total)}; all are stored on the server.`,
    );
  }
  if (!hasEnded(state)) wish.onBegun(state.id);
  if (!wish.wait && !hasEnded(state)) {
    process.stdout.write(`${plainText(inWords(state))}\n`);
    display.say('The same command with --wait follows it.');
    return 'done';
  }
  if (!hasEnded(state)) state = await follow(api, state, display);
  if (wish.out) {
    await saveResults(api, state.id, wish.out);
    display.say(`The result of each row is in ${plainText(wish.out)}.`);
  }
  memory.forget();
  process.stdout.write(`${plainText(inWords(state))}\n`);
  return endingOf(state);
}

/** What identifies the command. Standard input cannot be compared: the idempotency key identifies it. */
async function remember({ url, clientId, signal }: Api, wish: ImportWish): Promise<RememberedImport> {
  const { file, channel, charset, gzip, sendVerificationEmail, userEvents, idempotencyKey } = wish;
  const fingerprint =
    (await file.fingerprint(signal)) ?? idempotencyKey ?? `once ${process.pid} ${Date.now()}`;
  // The server compares bytes: compressed differently, it is another upload.
  const options = [clientId, file.format, channel, charset, gzip, sendVerificationEmail, idempotencyKey];
  // Added only if set, so that imports of earlier versions of this program are still found.
  if (userEvents) options.push('user events');
  return rememberedImport({ url, file: file.name, fingerprint }, options.map(String), idempotencyKey);
}

async function resume(
  api: Api,
  memory: RememberedImport,
  display: Display,
): Promise<ImportState | undefined> {
  if (!memory.importId) return undefined;
  const path = `/v1/user-imports/${encodeURIComponent(memory.importId)}`;
  try {
    const state = asImport(await (await get(api, path, { accept: 'application/json' })).json());
    display.say(`Resuming import ${plainText(state.id)}, which this command began before.`);
    return state;
  } catch (error) {
    if (!(error instanceof Failure) || error.status !== 404) throw error;
    // Its retention on the server is over. Whether the user wants to resume or repeat it is unknown.
    memory.forget();
    const words = `Import ${memory.importId}, which this command began before, no longer exists on the server.`;
    throw new Failure('refused', [plainText(words), '  The same command now begins a new one.'], {
      cause: error,
    });
  }
}

async function begin(
  api: Api,
  wish: ImportWish,
  memory: RememberedImport,
  display: Display,
): Promise<ImportState> {
  const answer = await send(api, wish, memory.idempotencyKey, display).catch((error: unknown) => {
    // A refused upload cannot be resumed. After a conflict it may be: an earlier upload with this key is in progress.
    if (error instanceof Failure && error.ending === 'refused' && error.status !== CONFLICT) memory.forget();
    throw error;
  });
  const state = asImport(answer);
  memory.keep(state.id);
  return state;
}

async function tryDry(api: Api, wish: ImportWish, display: Display): Promise<Ending> {
  const { ending, lines } = reportDryRun(await send(api, wish, undefined, display));
  display.end();
  process.stdout.write(`${lines.join('\n')}\n`);
  return ending;
}

async function send(
  api: Api,
  wish: ImportWish,
  idempotencyKey: string | undefined,
  display: Display,
): Promise<unknown> {
  const { file, charset, gzip } = wish;
  const total = file.bytes;
  const query = new URLSearchParams();
  if (wish.dryRun) query.set('dry_run', 'true');
  if (wish.channel) query.set('channel', wish.channel);
  if (wish.sendVerificationEmail) query.set('send_verification_email', 'true');
  if (wish.userEvents) query.set('user_events', 'true');
  const pays = (total ?? Infinity) >= WORTH_PACKING_BYTES && !isLoopback(new URL(api.url));
  display.say(`Uploading ${plainText(file.name)} to ${plainText(api.url)}`);
  const answer = await upload(api, {
    source: file.stream(),
    format: file.format,
    charset,
    query,
    idempotencyKey,
    gzip: file.isGzip ? 'packed' : (gzip ?? pays) ? 'pack' : 'no',
    // Only the server's answer confirms that everything has arrived.
    onSent: (bytes) => bytes !== total && display.uploading(bytes, total),
  });
  if (total !== undefined) display.uploading(total, total);
  return answer;
}

async function follow(api: Api, begun: ImportState, display: Display): Promise<ImportState> {
  let latest = begun;
  const troubled = ({ message }: Failure) => display.say(`${message}\nTrying again …`);
  for await (const state of followImport(api, begun.id, troubled)) display.working((latest = state));
  display.end();
  return latest;
}
