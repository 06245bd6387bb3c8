/** HCL, as far as Terraform's resources need it: attributes, blocks, text in several lines, references. */

/** An expression that is written as it is, such as `auth0_client.workers.id`. */
export class Reference {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type HclValue = string | number | boolean | Reference | readonly string[] | Readonly<Record<string, string>>;

/** `attributes` are `name = value`, and `blocks` are nested; both in this order. */
export interface HclBody {
  attributes?: Readonly<Record<string, HclValue>>;
  blocks?: readonly (readonly [name: string, body: HclBody])[];
}

const INDENT = '  ';
const END_OF_TEXT = 'EOT';

export const block = (head: string, body: HclBody): string =>
  [`${head} {`, ...linesOf(body, INDENT), '}', ''].join('\n');

export const resource = (type: string, name: string, body: HclBody): string =>
  block(`resource ${quoted(type)} ${quoted(name)}`, body);

function linesOf({ attributes = {}, blocks = [] }: HclBody, indent: string): string[] {
  return [
    ...Object.entries(attributes).map(([name, value]) => `${indent}${name} = ${valueOf(value)}`),
    ...blocks.flatMap(([name, body]) => [
      `${indent}${name} {`,
      ...linesOf(body, indent + INDENT),
      `${indent}}`,
    ]),
  ];
}

function valueOf(value: HclValue): string {
  if (value instanceof Reference) return value.text;
  if (typeof value === 'string') return textOf(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(quoted).join(', ')}]`;
  const members = Object.entries(value).map(([name, one]) => `${name} = ${quoted(one)}`);
  return `{ ${members.join(', ')} }`;
}

const isList = (value: object): value is readonly string[] => Array.isArray(value);

/** Several lines, each with its end, are a heredoc, at the margin: what precedes a line would belong to it. */
function textOf(text: string): string {
  const lines = text.split('\n');
  // eslint-disable-next-line no-control-regex -- control characters need an escape, which a heredoc has not
  const isPlain = lines.length > 2 && lines.at(-1) === '' && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
  if (!isPlain || lines.some((line) => line.trim() === END_OF_TEXT)) return quoted(text);
  return `<<${END_OF_TEXT}\n${withoutTemplates(text)}${END_OF_TEXT}`;
}

/** JSON's escapes are those of HCL but for two. */
const quoted = (text: string): string =>
  withoutTemplates(JSON.stringify(text)).replace(/\\\\|\\[bf]/g, (escape) =>
    escape === '\\b' ? '\\u0008' : escape === '\\f' ? '\\u000c' : escape,
  );

const withoutTemplates = (text: string): string => text.replace(/[$%]\{/g, (begin) => begin[0] + begin);
