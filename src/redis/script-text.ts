/**
 * A Lua script with its header, which names its keys and arguments, one per line with a description,
 *
 *     -- @key clients    hash: client id → its entry
 *     -- @key flight?    optional; only the last key
 *     -- @arg ...events  all remaining ones, as a table; only the last key, and the last argument
 *
 * and whose body uses them as local variables of these names.
 */

export interface ScriptText {
  /** File name, for error messages. */
  name: string;
  /** As in its header, with `...` and `?`. */
  keys: readonly string[];
  args: readonly string[];
  /** Without comment lines: a script is hashed as a whole, and sent as a whole the first time. */
  body: string;
}

export function readScript(name: string, text: string): ScriptText {
  const named = (kind: 'key' | 'arg') =>
    [...text.matchAll(new RegExp(`^-- @${kind} +(\\S+)`, 'gm'))].map(([, found = '']) => found);
  return { name, keys: named('key'), args: named('arg'), body: text.replace(/^\s*--.*\n/gm, '') };
}

/** Variable name of a declared key or argument. */
export const variableOf = (declared: string): string => declared.replace(/^\.\.\.|\?$/g, '');

/** The script as Redis runs it, with its keys and arguments bound to variables. */
export function sourceOf({ keys, args, body }: ScriptText): string {
  return `${locals(keys, 'KEYS')}${locals(args, 'ARGV')}${body}`;
}

/** The script as a function that other scripts call, with its keys and arguments in order. */
export function functionOf(variable: string, { keys, args, body }: ScriptText): string {
  return `local function ${variable}(${[...keys, ...args].map(variableOf).join(', ')})\n${body}\nend\n`;
}

function locals(declared: readonly string[], table: 'KEYS' | 'ARGV'): string {
  const last = declared.at(-1);
  const rest = last?.startsWith('...') ? variableOf(last) : undefined;
  const single = rest === undefined ? declared : declared.slice(0, -1);
  const places = single.map((_, i) => `${table}[${i + 1}]`).join(', ');
  const named = single.length === 0 ? '' : `local ${single.map(variableOf).join(', ')} = ${places}\n`;
  if (rest === undefined) return named;
  if (single.length === 0) return `local ${rest} = ${table}\n`;
  // A loop: `unpack` is limited to a few thousand values.
  const first = single.length + 1;
  return `${named}local ${rest} = {} for i = ${first}, #${table} do ${rest}[i - ${single.length}] = ${table}[i] end\n`;
}

/**
 * @param functions names of other scripts that it may call
 * @throws Error that says what is wrong with which name in which file
 */
export function checkScript(text: ScriptText, functions: readonly string[] = []): void {
  const { name, keys, args, body } = text;
  const declared = [...keys, ...args];
  const variables = declared.map(variableOf);
  const wrong = (sentence: string): never => {
    throw new Error(`${name}: ${sentence}`);
  };
  for (const [i, one] of declared.entries()) {
    const variable = variableOf(one);
    const isLast = one === keys.at(-1) || one === args.at(-1);
    if (!/^[a-z]\w*$/i.test(variable)) wrong(`"${one}" is not a variable name`);
    if (KEYWORDS.has(variable) || GLOBALS.has(variable) || functions.includes(variable))
      wrong(`"${variable}" has another meaning in Lua`);
    if (variables.indexOf(variable) !== i) wrong(`"${variable}" is declared twice`);
    if (one.startsWith('...') && !isLast) wrong(`"${one}" must be the last of its kind`);
    if (one.endsWith('?') && one !== keys.at(-1)) wrong(`"${one}": only the last key can be optional`);
  }
  const { used, local } = namesIn(body);
  for (const table of ['KEYS', 'ARGV'])
    if (used.has(table)) wrong(`it reads ${table} by index: declare a name for it (-- @key, -- @arg)`);
  for (const variable of used)
    if (![variables, functions, [...local, ...GLOBALS]].some((known) => known.includes(variable)))
      wrong(`it uses "${variable}", which is not declared`);
  for (const variable of variables) if (!used.has(variable)) wrong(`"${variable}" is declared but not used`);
}

/** Names that a text uses, without fields, and names that it declares itself. */
export function namesIn(lua: string): { used: Set<string>; local: Set<string> } {
  const tokens = (lua.match(TOKENS) ?? []).filter((token) => !/^(--|["']|\[\[)/.test(token));
  const used = new Set<string>();
  const local = new Set<string>();
  const brackets: string[] = [];
  let at = 0;

  const tokenAt = (place: number): string => tokens[place] ?? '';

  /** `a, b, c` */
  function declareList(): void {
    while (isName(tokenAt(at))) {
      local.add(tokenAt(at));
      at += 1;
      if (tokens[at] !== ',') return;
      at += 1;
    }
  }

  while (at < tokens.length) {
    const token = tokenAt(at);
    at += 1;
    if (token === 'local' && tokens[at] === 'function') {
      local.add(tokenAt(at + 1));
    } else if (token === 'local' || token === 'for') {
      declareList();
    } else if (token === 'function') {
      if (isName(tokenAt(at))) used.add(tokenAt(at));
      while (at < tokens.length && tokens[at] !== '(') at += 1;
      at += 1;
      declareList();
    } else if ('({['.includes(token)) brackets.push(token);
    else if (')}]'.includes(token)) brackets.pop();
    else if (isName(token)) {
      const isField = tokens[at - 2] === '.' || tokens[at - 2] === ':';
      const isFieldOfTable = brackets.at(-1) === '{' && tokens[at] === '=';
      if (!isField && !isFieldOfTable) used.add(token);
    }
  }
  return { used, local };
}

const TOKENS =
  /--.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\[\[[^]*?\]\]|\d[\w.]*|[A-Za-z_]\w*|\.{2,3}|[=~<>]=|\S/g;

const KEYWORDS = new Set(
  'and break do else elseif end false for function if in local nil not or repeat return then true until while'.split(
    ' ',
  ),
);
/** Globals that Redis provides to scripts (redis.io, "Lua API reference"), as far as ours use them. */
const GLOBALS = new Set(
  'redis cjson math string table ipairs pairs next select tonumber tostring type unpack error pcall'.split(
    ' ',
  ),
);

const isName = (token: string): boolean => /^[A-Za-z_]/.test(token) && !KEYWORDS.has(token);
