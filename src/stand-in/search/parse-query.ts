/** Syntax tree of a search. */
export type Query =
  | { kind: 'and' | 'or'; parts: Query[] }
  | { kind: 'not'; part: Query }
  | { kind: 'everything' }
  | { kind: 'exists'; field: string }
  | { kind: 'term'; field: string | undefined; value: string }
  | { kind: 'wildcard'; field: string | undefined; pattern: RegExp; source: string }
  | { kind: 'range'; field: string; low: Bound; high: Bound };

export interface Bound {
  /** Left out: open on this side. */
  value?: string;
  inclusive: boolean;
}

export class QuerySyntaxError extends Error {
  override readonly name = 'QuerySyntaxError';
}

type Token =
  | { kind: '(' | ')' | 'AND' | 'OR' | 'NOT' | '+' | '-' }
  | { kind: 'field'; name: string }
  | { kind: 'phrase'; value: string }
  | { kind: 'word'; parts: WordPart[] }
  | { kind: 'range'; low: Bound; high: Bound };

/** Part of a word: text, or a wildcard. Distinguished so that an escaped star stays a star. */
type WordPart = string | { wildcard: '*' | '?' };

/** `_exists_:app_metadata.plan`: the field has a value. */
const EXISTS = '_exists_';
const ENDS_WORD = /[\s()"[\]{}]/;

/** Parses the subset of Lucene's syntax that Auth0's user search v3 accepts (Auth0 docs, "User search query syntax"). */
export function parseQuery(text: string): Query {
  const tokens = tokenize(text);
  if (tokens.length === 0) return { kind: 'everything' };
  const parser = new Parser(tokens);
  return parser.parse();
}

class Parser {
  readonly #tokens: Token[];
  #at = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  parse(): Query {
    const query = this.#or(undefined);
    if (this.#at < this.#tokens.length) throw new QuerySyntaxError('unexpected closing parenthesis');
    return query;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #take(kind: Token['kind']): boolean {
    if (this.#peek()?.kind !== kind) return false;
    this.#at += 1;
    return true;
  }

  #or(field: string | undefined): Query {
    const parts = [this.#and(field)];
    for (;;) {
      const next = this.#peek();
      if (next === undefined || next.kind === ')') break;
      // Adjacent terms are combined with OR, Lucene's default operator.
      this.#take('OR');
      parts.push(this.#and(field));
    }
    return parts.length === 1 ? (parts[0] as Query) : { kind: 'or', parts };
  }

  #and(field: string | undefined): Query {
    const parts = [this.#not(field)];
    while (this.#take('AND') || this.#peek()?.kind === 'NOT' || this.#peek()?.kind === '-') {
      parts.push(this.#not(field));
    }
    return parts.length === 1 ? (parts[0] as Query) : { kind: 'and', parts };
  }

  #not(field: string | undefined): Query {
    if (this.#take('NOT') || this.#take('-')) return { kind: 'not', part: this.#not(field) };
    this.#take('+');
    return this.#clause(field);
  }

  #clause(field: string | undefined): Query {
    const token = this.#peek();
    if (token === undefined) throw new QuerySyntaxError('the query ends too early');
    this.#at += 1;
    switch (token.kind) {
      case '(': {
        const query = this.#or(field);
        if (!this.#take(')')) throw new QuerySyntaxError('a parenthesis is not closed');
        return query;
      }
      case 'field':
        if (field !== undefined) throw new QuerySyntaxError('a field within a field');
        return this.#clause(token.name);
      case 'phrase':
        if (field === EXISTS) return { kind: 'exists', field: token.value };
        return { kind: 'term', field, value: token.value };
      case 'word':
        return word(field, token.parts);
      case 'range':
        if (field === undefined) throw new QuerySyntaxError('a range needs a field');
        return { kind: 'range', field, low: token.low, high: token.high };
      default:
        throw new QuerySyntaxError(`unexpected ${token.kind}`);
    }
  }
}

function word(field: string | undefined, parts: WordPart[]): Query {
  if (parts.every((part) => typeof part === 'string'))
    return field === EXISTS
      ? { kind: 'exists', field: parts.join('') }
      : { kind: 'term', field, value: parts.join('') };
  const source = parts.map((part) => (typeof part === 'string' ? part : part.wildcard)).join('');
  if (source === '*')
    return field === undefined || field === '*' ? { kind: 'everything' } : { kind: 'exists', field };
  const pattern = parts
    .map((part) =>
      typeof part === 'string'
        ? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        : part.wildcard === '*'
          ? '.*'
          : '.',
    )
    .join('');
  return { kind: 'wildcard', field, pattern: new RegExp(`^${pattern}$`, 's'), source };
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;

  /** Text up to an unescaped quotation mark. */
  const phrase = (): string => {
    let value = '';
    for (at += 1; at < text.length; at += 1) {
      if (text[at] === '\\' && at + 1 < text.length) value += text[++at] ?? '';
      else if (text[at] === '"') {
        at += 1;
        return value;
      } else value += text[at] ?? '';
    }
    throw new QuerySyntaxError('a quotation mark is not closed');
  };

  const range = (): Token => {
    const close = /[\]}]/.exec(text.slice(at));
    if (!close) throw new QuerySyntaxError('a range is not closed');
    const inside = text.slice(at + 1, at + close.index);
    const ends = /^\s*(\S.*?)\s+TO\s+(\S.*?)\s*$/.exec(inside);
    if (!ends) throw new QuerySyntaxError('a range needs two ends and TO between them');
    const bound = (end: string | undefined, inclusive: boolean): Bound =>
      end === '*' || end === undefined ? { inclusive } : { value: unquote(end), inclusive };
    const opening = text[at];
    at += close.index + 1;
    return { kind: 'range', low: bound(ends[1], opening === '['), high: bound(ends[2], close[0] === ']') };
  };

  /** `field:>=5`, shorthand for a range open on one side. */
  const comparison = (): Token => {
    const match = /^([<>])(=?)(\S+?)(?=[\s)]|$)/.exec(text.slice(at));
    if (!match) throw new QuerySyntaxError('a comparison without a value');
    at += match[0].length;
    const bound = { value: unquote(match[3] ?? ''), inclusive: match[2] === '=' };
    const open = { inclusive: true };
    return match[1] === '>'
      ? { kind: 'range', low: bound, high: open }
      : { kind: 'range', low: open, high: bound };
  };

  const wordOrField = (): Token => {
    const parts: WordPart[] = [];
    let literal = '';
    let plain = true;
    for (; at < text.length; at += 1) {
      const character = text[at] as string;
      if (character === '\\') {
        at += 1;
        if (at >= text.length) throw new QuerySyntaxError('the query ends with a backslash');
        literal += text[at] ?? '';
        plain = false;
      } else if (ENDS_WORD.test(character)) break;
      else if (character === ':') {
        at += 1;
        const name = parts.length === 0 ? literal : '*';
        if (name === '') throw new QuerySyntaxError('a field without a name');
        return { kind: 'field', name };
      } else if (character === '*' || character === '?') {
        if (literal) parts.push(literal);
        literal = '';
        parts.push({ wildcard: character });
      } else literal += character;
    }
    if (plain && parts.length === 0 && (literal === 'AND' || literal === 'OR' || literal === 'NOT'))
      return { kind: literal };
    if (literal) parts.push(literal);
    return { kind: 'word', parts };
  };

  while (at < text.length) {
    const character = text[at] as string;
    if (/\s/.test(character)) at += 1;
    else if (character === '(' || character === ')') {
      tokens.push({ kind: character });
      at += 1;
    } else if (character === '"') tokens.push({ kind: 'phrase', value: phrase() });
    else if (character === '[' || character === '{') tokens.push(range());
    else if (character === ']' || character === '}') throw new QuerySyntaxError(`unexpected ${character}`);
    else if ((character === '+' || character === '-') && tokens.at(-1)?.kind !== 'field') {
      tokens.push({ kind: character });
      at += 1;
    } else if (character === '!') {
      tokens.push({ kind: 'NOT' });
      at += 1;
    } else if ((text.startsWith('&&', at) || text.startsWith('||', at)) && tokens.at(-1)?.kind !== 'field') {
      tokens.push({ kind: character === '&' ? 'AND' : 'OR' });
      at += 2;
    } else if (/[<>]/.test(character) && tokens.at(-1)?.kind === 'field') tokens.push(comparison());
    else tokens.push(wordOrField());
  }
  return tokens;
}

function unquote(end: string): string {
  return /^".*"$/.test(end) ? end.slice(1, -1) : end.replace(/\\(.)/g, '$1');
}
