/**
 * Which columns a CSV file may have, and what becomes of their cells. They follow from the contract: a row's schema says which
 * fields there are and of which type. docs/csv.md tells it to people.
 */
import { loadContract } from '../../contract/load-contract.ts';

/** @returns undefined when the cell is not one of these */
type ReadCell = (cell: string) => unknown;

export interface ColumnKind {
  path: string[];
  read: ReadCell;
  /** What a cell must be. */
  must: string;
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  additionalProperties?: boolean | Schema;
}

const text = { read: (cell: string) => cell, must: 'be text' };
const boolean = {
  read: (cell: string) => BOOLEANS.get(cell.trim().toLowerCase()),
  must: 'be true or false',
};
const number = {
  read: (cell: string) => (/^\s*-?\d+(\.\d+)?\s*$/.test(cell) ? Number(cell) : undefined),
  must: 'be a number',
};
const list = {
  read: (cell: string) => cell.split(/[|\s]+/).filter((item) => item !== ''),
  must: 'be a list',
};

/** As spreadsheets and databases write them. */
const BOOLEANS = new Map([
  ...['true', 'yes', '1'].map((word) => [word, true] as const),
  ...['false', 'no', '0'].map((word) => [word, false] as const),
]);

export interface Columns {
  /** Names that a header may have; those that end in `.*` are for any name. */
  names: string[];
  /** By its name in the header; upper and lower case are alike but in free names. */
  find(name: string): ColumnKind | undefined;
}

export function createColumns(document: object = loadContract().document): Columns {
  const fixed = new Map<string, ColumnKind>();
  const open: string[][] = [];
  collect([], rowSchema(document));
  return {
    names: [
      ...[...fixed.values()].map(({ path }) => path.join('.')),
      // What lies within another one need not be named.
      ...open
        .filter((path) => !open.some((outer) => outer !== path && outer.every((part, i) => part === path[i])))
        .map((path) => `${path.join('.')}.*`),
    ],
    find(name) {
      const known = fixed.get(name.toLowerCase());
      if (known) return known;
      const path = name.split('.');
      const group = open.find((prefix) =>
        prefix.every((part, i) => part.toLowerCase() === path[i]?.toLowerCase()),
      );
      if (!group || path.length === group.length) return undefined;
      const free = path.slice(group.length);
      // Set on an object, this name would not make a field.
      if (free.some((part) => part === '' || part === '__proto__')) return undefined;
      return { path: [...group, ...free], ...text };
    },
  };

  function collect(path: string[], given: Schema): void {
    const schema = resolve(document, given);
    const type = [schema.type].flat().find((name) => name !== 'null');
    const kind = type === 'array' ? list : KINDS.get(type);
    if (type === 'object') {
      for (const [name, field] of Object.entries(schema.properties ?? {})) collect([...path, name], field);
      if (path.length > 0 && schema.additionalProperties === true) open.push(path);
    } else if (kind) {
      fixed.set(path.join('.').toLowerCase(), { path, ...kind });
    }
  }
}

const KINDS = new Map<string | undefined, Omit<ColumnKind, 'path'>>([
  ['string', text],
  ['boolean', boolean],
  ['integer', number],
  ['number', number],
]);

/** What the array of `createUserImport` holds. */
function rowSchema(document: object): Schema {
  const at = [
    'paths',
    '/v1/user-imports',
    'post',
    'requestBody',
    'content',
    'application/json',
    'schema',
    'items',
  ];
  return walk(document, at) as Schema;
}

function resolve(document: object, schema: Schema): Schema {
  if (schema.$ref) return resolve(document, walk(document, schema.$ref.split('/').slice(1)) as Schema);
  if (!schema.allOf) return schema;
  const parts = schema.allOf.map((part) => resolve(document, part));
  const properties = Object.assign({}, ...parts.map((part) => part.properties), schema.properties) as object;
  return { ...schema, type: 'object', properties: properties as Record<string, Schema> };
}

function walk(node: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, part) => (inner as Record<string, unknown>)[part], node);
}
