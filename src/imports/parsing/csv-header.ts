/** The header row of a CSV file: its separator and its columns. */
import { Problem } from '../../problem.ts';
import { splitCells } from './csv-cells.ts';
import type { ColumnKind, Columns } from './csv-columns.ts';

const SEPARATORS = [';', '\t'];

/** The most frequent one outside of quotation marks: spreadsheets write `;` where `,` is the decimal sign. */
export function detectSeparator(header: string): string {
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const count = (separator: string) => bare.split(separator).length;
  return SEPARATORS.reduce((best, other) => (count(other) > count(best) ? other : best), ',');
}

/** Many times what a row may hold; each column takes memory for as long as its upload is open. */
const MAX_COLUMNS = 1_000;

export interface Header {
  separator: string;
  /** The named columns; any columns behind them must be empty. */
  kinds: ColumnKind[];
  /** Number of cells, including those without a name. */
  width: number;
  /** Zero-based index of the email column. */
  emailAt: number;
}

/** @throws Problem `invalid_columns` */
export function readHeader(header: string, separator: string, columns: Columns): Header {
  const { cells, fault } = splitCells(header, separator);
  if (fault) throw invalid(fault);
  if (cells.length > MAX_COLUMNS) throw invalid(`At most ${MAX_COLUMNS} columns.`);
  const names = cells.map((cell) => cell.trim());
  // Spreadsheets leave empty names behind the last column; cells below them are checked per row.
  while (names.at(-1) === '') names.pop();
  const emailAt = names.findIndex((name) => columns.find(name)?.path.join('.') === 'email');
  // Do not quote the row: without a header it is personal data.
  if (emailAt === -1) throw invalid('There is no column email. The first row must name the columns.');
  const kinds: ColumnKind[] = [];
  for (const [index, name] of names.entries()) {
    const kind = columns.find(name);
    if (!kind) throw unknown(name, index + 1, columns);
    const twin = kinds.find(({ path }) => isWithin(path, kind.path) || isWithin(kind.path, path));
    if (twin) throw clash(twin, kind, index + 1);
    kinds.push(kind);
  }
  return { separator, kinds, width: cells.length, emailAt };
}

const invalid = (detail: string) => new Problem('invalid_columns', { detail });

/** Longest quotation of a name: enough to recognise it, in characters. */
const SHOWN_CHARACTERS = 64;

function unknown(name: string, place: number, columns: Columns): Problem {
  if (name === '') return invalid(`Column ${place} has no name.`);
  const shown = name.length > SHOWN_CHARACTERS ? `${name.slice(0, SHOWN_CHARACTERS)}…` : name;
  return invalid(`Column ${place} ("${shown}") is not one of ${columns.names.join(', ')}.`);
}

function clash(one: ColumnKind, other: ColumnKind, place: number): Problem {
  const [first, second] = [one.path.join('.'), other.path.join('.')];
  return invalid(
    first === second
      ? `Column ${place} (${second}) occurs twice.`
      : `Column ${place} (${second}) does not go with ${first}: one of them is a part of the other.`,
  );
}

function isWithin(path: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((part, index) => part === path[index]);
}
