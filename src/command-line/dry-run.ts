/** What a dry run says: nothing was stored, so there is nothing to follow and nothing to take up. */
import { Failure, type Ending } from './exit-codes.ts';
import { plainText, rowsInWords } from './plain-text.ts';

interface Check {
  total: number;
  valid: number;
  failed: number;
  /** The first rows that are wrong. */
  rows: Row[];
}

interface RowFault {
  message: string;
  pointer?: string;
}

interface Row {
  row: number;
  /** Of the file. */
  line?: number;
  error?: RowFault;
  /** Where more than one thing is wrong: all of them. */
  errors?: RowFault[];
}

/** @returns how it ended, and lines for standard output @throws Failure when it is no such answer */
export function tellDryRun(body: unknown): { ending: Ending; lines: string[] } {
  const { dry_run: isDryRun, ...check } = body as Check & { dry_run?: boolean };
  if (isDryRun !== true) throw new Failure('unreachable', ['The server does not know dry runs.']);
  const { total, valid, failed, rows } = check;
  const words = (count: number) => count.toLocaleString('en');
  const wrong = rows.flatMap(({ row, line, error, errors = error ? [error] : [{ message: 'is wrong' }] }) => {
    const place = line === undefined ? '' : ` (line ${line})`;
    return errors.map(({ pointer, message }) =>
      plainText(`  row ${row}:${pointer ? ` ${pointer}` : ''} ${message}${place}`),
    );
  });
  const more = failed > rows.length ? [`  and ${words(failed - rows.length)} more`] : [];
  return {
    ending: failed > 0 ? 'someFailed' : 'done',
    lines: [
      `Dry run: ${rowsInWords(total)}, ${words(valid)} valid, ${words(failed)} wrong.`,
      ...wrong,
      ...more,
    ],
  };
}
