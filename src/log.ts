import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';

export type Log = Logger;

/** Field names that are always redacted; the contract adds its `x-sensitive` ones. */
const alwaysRedacted = [
  'authorization',
  'cookie',
  'password',
  'client_secret',
  'secret',
  'access_token',
  'refresh_token',
  'id_token',
];

/** Per logger: whether an error was logged already. */
const suppressed = new WeakMap<Log, (error: unknown) => boolean>();

/**
 * Suppresses lines about matching errors (`err`), whoever writes them: the cause was logged already, and they repeat.
 * @param isLogged whether an error was logged already
 */
export function suppressLogged(log: Log, isLogged: (error: unknown) => boolean): void {
  suppressed.set(log, isLogged);
}

/** A structured logger: one JSON object per line. `sensitive` are names of redacted fields. */
export function createLog(level: string, sensitive: Iterable<string>, destination?: DestinationStream): Log {
  const names = new Set([...alwaysRedacted, ...sensitive]);
  const paths = [...names].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options: LoggerOptions = {
    level,
    base: null,
    redact: { paths, censor: '[redacted]' },
    serializers: { err: describeError },
    hooks: {
      logMethod(args, method) {
        const [fields]: unknown[] = args;
        const isAboutError = typeof fields === 'object' && fields !== null && 'err' in fields;
        if (isAboutError && suppressed.get(this)?.(fields.err)) return;
        method.apply(this, args);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** The access log: one line per request. */
export interface RequestLog {
  /** @param members of a JSON object, as text: `"status":200,"ms":0.3` */
  write(members: string): void;
}

/** Members of a JSON object as text. @param fields at least one is not undefined */
export const membersOf = (fields: Record<string, unknown>): string => JSON.stringify(fields).slice(1, -1);

/** Lines wait for others until there are so many characters, or for so long: a write costs more than a line. */
const LINES_LENGTH = 3_072;
const LINES_MS = 100;
const INFO = pino.levels.values['info']!;

/**
 * Its lines look like those of `createLog`. Their fields are fixed where they are written, none is sensitive, and most are
 * the same for each request of a caller: a logger that serializes and redacts them anew costs a sixth of a request.
 * Also written when the process exits; a killed one loses its last {@link LINES_MS}.
 */
export function createRequestLog(level: string): RequestLog {
  if (!pino({ level }).isLevelEnabled('info')) return { write: () => undefined };
  const destination = pino.destination({ dest: 1, sync: true });
  let waiting = '';
  const flush = () => {
    const lines = waiting;
    waiting = '';
    if (lines !== '') destination.write(lines);
  };
  setInterval(flush, LINES_MS).unref();
  process.once('exit', flush);
  return {
    write(members) {
      waiting += `{"level":${INFO},"time":${Date.now()},${members}}\n`;
      if (waiting.length >= LINES_LENGTH) flush();
    },
  };
}

/**
 * Errors whose message may be logged: ours by name, others by a constant text, or one that names only parts of the
 * system. All other messages may quote input: the Auth0 SDK's quote the request's body, those of `JSON.parse` the text.
 */
const harmlessNames = new Set([
  'Problem',
  'ConfigFault',
  'ManagementFailure',
  'KeySetUnavailable',
  'NotSent',
]);
const harmlessMessages: readonly RegExp[] = [
  // Raised by the engine, about our own code.
  /^[\w$.()[\]'" ]+ is not (a function|a constructor|iterable|defined)$/,
  /^Cannot (read|set) properties of (undefined|null) \((reading|setting) '\w+'\)$/,
  /^Maximum call stack size exceeded$/,
  /^Invalid array length$/,
  // Raised by Node, undici, ioredis and BullMQ.
  /^fetch failed$/,
  /^Invalid URL$/,
  /^The operation was aborted( due to timeout)?$/,
  /^(This|Other side) .* (closed|aborted|terminated)$/,
  /^other side closed$/,
  /^(connect|read|write) E[A-Z]+( [\d.:a-f[\]]+)?$/,
  /^socket hang up$/,
  /^Connection is closed\.?$/,
  /^Command (timed out|aborted due to connection close)$/,
  /^Stream isn't writeable and enableOfflineQueue options is false$/,
  /^Reached the max retries per request limit \(which is \d+\)\./,
  /^Missing (lock|key) for job [\w:-]+\. \w+$/,
  /^job stalled more than allowable limit$/,
];
/** Errors of `jose` name the failed check, never the value. */
const HARMLESS_CODE = /^ERR_J(WT|WS|WK|WKS|OSE)_/;
/** Maximum length of a quoted message. */
const MAX_MESSAGE = 300;
const MAX_FRAMES = 8;
/** Maximum depth of `cause`. */
const MAX_DEPTH = 5;

/** Members that libraries and Node add to their errors. */
interface Described extends Error {
  code?: unknown;
  status?: unknown;
  statusCode?: unknown;
  /** Set on connection errors. */
  syscall?: unknown;
  address?: unknown;
  port?: unknown;
}

function isHarmless(error: Described): boolean {
  const { name, message, code } = error;
  return (
    harmlessNames.has(nameOf(error)) ||
    HARMLESS_CODE.test(String(code)) ||
    harmlessMessages.some((pattern) => pattern.test(message)) ||
    // Redis quotes unknown commands, and the arguments of a failing script.
    (name === 'ReplyError' && !/unknown (sub)?command|with args|user_script|running script/i.test(message))
  );
}

/** The loggable parts of an error: name, code and stack, and its message when that is harmless. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { message, stack, cause, statusCode, status, syscall, address, port }: Described = error;
  const ofConnection = syscall === undefined ? undefined : { syscall, address, port };
  return {
    type: nameOf(error),
    code: codeOf(error),
    status: [statusCode, status].find((one) => typeof one === 'number'),
    message: isHarmless(error) ? message.slice(0, MAX_MESSAGE) : undefined,
    ...ofConnection,
    at: stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, MAX_FRAMES)
      .map((line) => line.trim()),
    cause: cause === undefined || depth >= MAX_DEPTH ? undefined : describeError(cause, depth + 1),
    // `connect` tries each address, and reports an error for each.
    errors:
      error instanceof AggregateError && depth < MAX_DEPTH
        ? error.errors.slice(0, MAX_FRAMES).map((one) => describeError(one, depth + 1))
        : undefined,
  };
}

/** Many error classes do not set `name`. */
function nameOf(error: Error): string {
  return error.name === 'Error' ? error.constructor.name || 'Error' : error.name;
}

/** Redis's error replies begin with their code. */
function codeOf(error: Described): string | number | undefined {
  const { code } = error;
  if (typeof code === 'string' || typeof code === 'number') return code;
  return error.name === 'ReplyError' ? /^-?([A-Z]+)\b/.exec(error.message)?.[1] : undefined;
}
