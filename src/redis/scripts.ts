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
export interface Script<Given> {
  (redis: Redis, given: Given): Promise<unknown>;
  /** Sent in full at once: whatever is sent behind it on the same connection is done behind it. */
  runFirst(redis: Redis, given: Given): Promise<unknown>;
}

export interface ScriptDefinition<K extends string, A extends string> {
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
}

/** @throws Error when the file and the definition, or its head and its text, do not name the same */
export function defineScript<const K extends string = never, const A extends string = never>({
  file,
  keys,
  args,
  uses = {},
}: ScriptDefinition<K, A>): Script<Values<K, string> & Values<A, ScriptArgument>> {
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
      if (Array.isArray(value)) all.push(...(value as ScriptArgument[]));
      else if (value !== undefined) all.push(value as ScriptArgument);
      // What compiled without its types.
      else if (variable !== optional) throw new Error(`${text.name}: no value for "${variable}"`);
    };
    keyVariables.forEach(add);
    const count = all.length;
    argVariables.forEach(add);
    return [count, ...all];
  }

  async function run(redis: Redis, given: Given): Promise<unknown> {
    const all = inOrder(given);
    try {
      return await redis.evalsha(sha, ...all);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return redis.eval(source, ...all);
    }
  }

  return Object.assign(run, {
    runFirst: (redis: Redis, given: Given): Promise<unknown> => redis.eval(source, ...inOrder(given)),
  });
}

function readFile(file: URL): ScriptText {
  return readScript(basename(file.pathname), readFileSync(file, 'utf8'));
}

/** What a script calls; checks it, and the script. */
function withFunctions(text: ScriptText, uses: Readonly<Record<string, URL>>): string {
  const names = Object.keys(uses);
  const texts = names.map((name) => readFile(uses[name]!));
  for (const [i, one] of texts.entries()) checkScript(one, names.slice(0, i));
  checkScript(text, names);
  for (const name of names)
    if (![...texts, text].some(({ body }) => new RegExp(`\\b${name}\\(`).test(body)))
      throw new Error(`${text.name}: it uses no "${name}", though its definition says so`);
  return texts.map((one, i) => functionOf(names[i]!, one)).join('');
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
