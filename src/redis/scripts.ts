/** Lua scripts. What they take is named on both sides: in the head of the file, and here, where the compiler asks for it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Redis } from 'ioredis';
import { checkScript, functionOf, readScript, sourceOf, variableOf, type ScriptText } from './script-text.ts';

type ScriptArgument = string | number | Buffer;

/** `name` needs one value, `name?` may be left out, `...name` takes any number of them. */
type Values<N extends string, V> = {
  [K in N as K extends `...${string}` | `${string}?` ? never : K]: V;
} & { [K in N as K extends `...${infer Rest}` ? Rest : never]: readonly V[] } & {
  [K in N as K extends `${infer Optional}?` ? Optional : never]?: V | undefined;
};

/** A Lua script, sent by its hash and in full only when Redis does not know it. */
export interface Script<Given, Reply> {
  (redis: Redis, given: Given): Promise<Reply>;
  /** Sent in full at once: whatever is sent behind it on the same connection is done behind it. */
  runFirst(redis: Redis, given: Given): Promise<Reply>;
}

/** For `ScriptDefinition.reply`: the type of what a script of ours returns is not looked at again. */
export const replyOf = <Reply>(reply: unknown): Reply => reply as Reply;

export interface ScriptDefinition<K extends string, A extends string, Reply> {
  /** The script's file, beside the module that uses it: `new URL('./budget.lua', import.meta.url)`. */
  file: URL;
  /** In the order of its head. */
  keys: readonly K[];
  args: readonly A[];
  /**
   * Other scripts, by the name that it calls them by: functions of their keys and arguments, in the order of their heads. Each may call
   * those before it.
   */
  uses?: Readonly<Record<string, URL>>;
  /** What it returns, as its head says: `replyOf<number[]>`. Left out: nothing, or a number that is compared. */
  reply?: (reply: unknown) => Reply;
}

/** @throws Error when the file and the definition, or its head and its text, do not name the same */
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
      // What compiled without its types.
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

/** What a script calls; checks it, and the script. */
function withFunctions(text: ScriptText, uses: Readonly<Record<string, URL>>): string {
  const names = Object.keys(uses);
  const called = Object.entries(uses).map(([name, file]) => ({ name, text: readFile(file) }));
  for (const [i, one] of called.entries()) checkScript(one.text, names.slice(0, i));
  checkScript(text, names);
  const bodies = [...called.map((one) => one.text), text].map(({ body }) => body);
  for (const name of names)
    if (!bodies.some((body) => new RegExp(`\\b${name}\\(`).test(body)))
      throw new Error(`${text.name}: it uses no "${name}", though its definition says so`);
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
    `${name}: its head (-- @${kind}) names ${listOf(head)}, and defineScript ${listOf(defined)}: both must name the same, in one order`,
  );
}

const listOf = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ') || 'none';
