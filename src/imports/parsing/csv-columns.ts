/**
 * Columns that a CSV file may have, and how their cells are converted. Derived from the contract: the schema of a row lists the fields
 * and their types. Documented in docs/csv.md.
 */
import { isReservedPath, MAX_JSON_DEPTH } from '../../contract/json-structure.ts';
import { loadContract } from '../../contract/load-contract.ts';
import { schemaOf } from '../../contract/validators.ts';

/** @returns undefined when the cell does not have this type */
type ReadCell = (cell: string) => unknown;

export interface ColumnKind {
  path: string[];
  read: ReadCell;
  /** Requirement on a cell, for messages. */
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
  /** Names that a header may have; those that end in `.*` stand for any name. */
  names: string[];
  /** By its name in the header; case-insensitive except in free names. */
  find(name: string): ColumnKind | undefined;
}

/** Create once, not per upload. @param schema of a row; by default the contract's */
export function createColumns(schema: object = schemaOf(loadContract(), 'ImportedUser')): Columns {
  const fixed = new Map<string, ColumnKind>();
  const open: string[][] = [];
  collect([], schema);
  return {
    names: [
      ...[...fixed.values()].map(({ path }) => path.join('.')),
      // Members of an open object need not be listed.
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
      // Too deep stays too deep: the exact depth does not matter.
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
