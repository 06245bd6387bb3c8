/**
 * Lua scripts. Keys and arguments are named on both sides: in the file's header, and here, where the compiler checks
 * them.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Redis } from 'ioredis';
import { checkScript, functionOf, readScript, sourceOf, variableOf, type ScriptText } from './script-text.ts';

type ScriptArgument = string | number | Buffer;

/** `name` takes one value, `name?` is optional, `...name` takes any number. */
type Values<N extends string, V> = {
  [K in N as K extends `...${string}` | `${string}?` ? never : K]: V;
} & { [K in N as K extends `...${infer Rest}` ? Rest : never]: readonly V[] } & {
  [K in N as K extends `${infer Optional}?` ? Optional : never]?: V | undefined;
};

/** A Lua script, called by its hash and sent in full only when Redis does not know it. */
export interface Script<Given, Reply> {
  (redis: Redis, given: Given): Promise<Reply>;
  /** Sent in full (`EVAL`), so that commands sent after it on the same connection are executed after it. */
  runFirst(redis: Redis, given: Given): Promise<Reply>;
}

/** For `ScriptDefinition.reply`: replies of our own scripts are not validated. */
export const replyOf = <Reply>(reply: unknown): Reply => reply as Reply;

export interface ScriptDefinition<K extends string, A extends string, Reply> {
  /** The script's file, next to the module that uses it: `new URL('./budget.lua', import.meta.url)`. */
  file: URL;
  /** In the order of its header. */
  keys: readonly K[];
  args: readonly A[];
  /**
   * Other scripts, under the name by which it calls them: functions of their keys and arguments, in header order. Each
   * may call those before it.
   */
  uses?: Readonly<Record<string, URL>>;
  /** Its return type, as its header says: `replyOf<number[]>`. Absent: nothing, or a number that is compared. */
  reply?: (reply: unknown) => Reply;
}

/** @throws Error when file and definition, or header and body, name different things */
export function defineScript<
  const K extends string = never,
  const A extends string = never,
  Reply = unknown,
>({
  file,
  keys,
  args,
  uses = {},
  reply = replyOf,
}: ScriptDefinition<K, A, Reply>): Script<Values<K, string> & Values<A, ScriptArgument>, Reply> {
  type Given = Values<K, string> & Values<A, ScriptArgument>;
  const text = readFile(file);
  compare(text.name, 'key', text.keys, keys);
  compare(text.name, 'arg', text.args, args);
  const source = withFunctions(text, uses) + sourceOf(text);
  const sha = createHash('sha1').update(source).digest('hex');

  const [keyVariables, argVariables] = [keys.map(variableOf), args.map(variableOf)];
  const optional = keys.at(-1)?.endsWith('?') ? keyVariables.at(-1) : undefined;

  function inOrder(given: Given): [count: number, ...all: ScriptArgument[]] {
    const of = given as Record<string, ScriptArgument | readonly ScriptArgument[] | undefined>;
    const all: ScriptArgument[] = [];
    const add = (variable: string) => {
      const value = of[variable];
      if (typeof value === 'object' && !Buffer.isBuffer(value)) all.push(...value);
      else if (value !== undefined) all.push(value);
      // Compiled without type checking.
      else if (variable !== optional) throw new Error(`${text.name}: no value for "${variable}"`);
    };
    keyVariables.forEach(add);
    const count = all.length;
    argVariables.forEach(add);
    return [count, ...all];
  }

  async function run(redis: Redis, given: Given): Promise<Reply> {
    const all = inOrder(given);
    try {
      return reply(await redis.evalsha(sha, ...all));
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return reply(await redis.eval(source, ...all));
    }
  }

  return Object.assign(run, {
    runFirst: async (redis: Redis, given: Given) => reply(await redis.eval(source, ...inOrder(given))),
  });
}

function readFile(file: URL): ScriptText {
  return readScript(basename(file.pathname), readFileSync(file, 'utf8'));
}

/** The functions that a script calls; checks them, and the script. */
function withFunctions(text: ScriptText, uses: Readonly<Record<string, URL>>): string {
  const names = Object.keys(uses);
  const called = Object.entries(uses).map(([name, file]) => ({ name, text: readFile(file) }));
  for (const [i, one] of called.entries()) checkScript(one.text, names.slice(0, i));
  checkScript(text, names);
  const bodies = [...called.map((one) => one.text), text].map(({ body }) => body);
  for (const name of names)
    if (!bodies.some((body) => new RegExp(`\\b${name}\\(`).test(body)))
      throw new Error(`${text.name}: it does not use "${name}", though its definition says so`);
  return called.map((one) => functionOf(one.name, one.text)).join('');
}

function compare(
  name: string,
  kind: 'key' | 'arg',
  head: readonly string[],
  defined: readonly string[],
): void {
  if (head.join() === defined.join()) return;
  throw new Error(
    `${name}: its header (-- @${kind}) names ${listOf(head)}, and defineScript ${listOf(defined)}: both must name the same, in the same order`,
  );
}

const listOf = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ') || 'none';
