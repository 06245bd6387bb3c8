import { spawn, type ChildProcess } from 'node:child_process';
import { SANDBOX_PROGRAM } from './sandbox-program.ts';

/** One run of one Action. */
export interface Run {
  /** Of the version: what it keeps between runs is its own. */
  key: string;
  name: string;
  code: string;
  trigger: string;
  event: object;
  timeoutMs: number;
}

/** What an Action asked for through its `api`: the method's name and its arguments. */
export type Command = [method: string, ...values: unknown[]];

export interface RunResult {
  commands: Command[];
  /** The Action failed with this message. */
  error?: string;
}

interface Waiting {
  run: Run;
  resolve: (result: RunResult) => void;
}

interface Message {
  id?: number;
  /** JSON: commands, and an error of the Action's own. */
  result?: string;
  error?: string;
  log?: string;
  name?: string;
}

const MEMORY_MB = 64;
/** The process ends runs that take too long by itself; this long afterwards it is killed. */
const KILL_AFTER_MS = 10_000;

/** The permission model forbids files, processes and threads; before Node 22.13 under another name. */
const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

/**
 * A process in which Actions run, one at a time: without files, environment and eval, and with little memory. Shared by all accounts of
 * this process; it starts with the first run, and ends with this process.
 */
class Sandbox {
  #child: ChildProcess | undefined;
  #queue: Waiting[] = [];
  #current: (Waiting & { id: number; kill: NodeJS.Timeout }) | undefined;
  #lastId = 0;

  run(run: Run): Promise<RunResult> {
    return new Promise((resolve) => {
      this.#queue.push({ run, resolve });
      this.#next();
    });
  }

  #next(): void {
    const next = this.#current ? undefined : this.#queue.shift();
    if (!next) return;
    const { key, name, code, trigger, event, timeoutMs } = next.run;
    const id = (this.#lastId += 1);
    const child = (this.#child ??= this.#start());
    this.#current = { ...next, id, kill: setTimeout(() => child.kill('SIGKILL'), timeoutMs + KILL_AFTER_MS) };
    const input = JSON.stringify({ trigger, event });
    child.send(
      { id, key, name, code, input, timeoutMs },
      (error) => error && this.#end({ error: 'the sandbox is gone' }),
    );
  }

  #start(): ChildProcess {
    const flags = [
      PERMISSION,
      '--no-warnings',
      '--disallow-code-generation-from-strings',
      `--max-old-space-size=${MEMORY_MB}`,
    ];
    const child = spawn(process.execPath, [...flags, '--eval', SANDBOX_PROGRAM], {
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (message: Message) => this.#receive(message));
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
      this.#end({ error: 'the Action ended its process, or used more memory than there is' });
    });
    child.once('error', ({ message }) => this.#end({ error: `the sandbox does not start: ${message}` }));
    // It does not keep this process running.
    child.unref();
    child.channel?.unref();
    return child;
  }

  #receive({ id, result, error, log, name }: Message): void {
    if (log !== undefined) console.error(`stand-in: Action ${name}: ${log}`);
    if (id === undefined || id !== this.#current?.id) return;
    this.#end({ ...(result !== undefined && { result }), ...(error !== undefined && { error }) });
  }

  #end({ result, error }: { result?: string; error?: string }): void {
    const current = this.#current;
    if (!current) return;
    clearTimeout(current.kill);
    this.#current = undefined;
    current.resolve(readResult(result, error));
    this.#next();
  }
}

/** An Action can replace `JSON`, and so what its commands are written with. */
function readResult(text: string | undefined, error: string | undefined): RunResult {
  if (text === undefined) return { commands: [], error: error ?? 'the Action answered nothing' };
  try {
    const { commands, error: own } = JSON.parse(text) as { commands: unknown; error?: { message: unknown } };
    if (isCommands(commands)) return { commands, ...(own && { error: String(own.message) }) };
  } catch {
    // Not JSON, or no object.
  }
  return { commands: [], error: 'the Action answered something else than commands' };
}

const isCommands = (value: unknown): value is Command[] =>
  Array.isArray(value) && value.every((one) => Array.isArray(one) && typeof one[0] === 'string');

export const sandbox = new Sandbox();
