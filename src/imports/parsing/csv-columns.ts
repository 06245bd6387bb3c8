/**
 * Which columns a CSV file may have, and what becomes of their cells. They follow from the contract: a row's schema says which
 * fields there are and of which type. docs/csv.md tells it to people.
 */
import { isReservedPath, MAX_JSON_DEPTH } from '../../contract/json-structure.ts';
import { loadContract } from '../../contract/load-contract.ts';
import { schemaOf } from '../../contract/validators.ts';

/** @returns undefined when the cell is not one of these */
type ReadCell = (cell: string) => unknown;

export interface ColumnKind {
  path: string[];
  read: ReadCell;
  /** What a cell must be. */
  must: string;
}

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
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

/** To be made once, not for each upload. @param schema of a row; left out, the contract is read for it */
export function createColumns(schema: object = schemaOf(loadContract(), 'ImportedUser')): Columns {
  const fixed = new Map<string, ColumnKind>();
  const open: string[][] = [];
  collect([], schema);
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
      if (free.some((part) => part === '') || isReservedPath(free)) return undefined;
      // What is too deep stays so, however deep it is.
      return { path: [...group, ...free].slice(0, MAX_JSON_DEPTH + 1), ...text };
    },
  };

  function collect(path: string[], schema: Schema): void {
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
