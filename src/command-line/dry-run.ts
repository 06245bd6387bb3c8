/** Result of a dry run: nothing was stored, so there is nothing to follow or resume. */
import { Failure, type Ending } from './exit-codes.ts';
import { plainText, rowsInWords } from './plain-text.ts';

interface Check {
  total: number;
  valid: number;
  failed: number;
  /** The first invalid rows. */
  rows: Row[];
}

interface RowFault {
  message: string;
  pointer?: string;
}

interface Row {
  row: number;
  /** Line of the file. */
  line?: number;
  error?: RowFault;
  /** All errors, if there is more than one. */
  errors?: RowFault[];
}

/** @returns the exit code's name, and lines for standard output @throws Failure when the answer is not that of a dry run */
export function reportDryRun(body: unknown): { ending: Ending; lines: string[] } {
  const { dry_run: isDryRun, ...check } = body as Check & { dry_run?: boolean };
  if (isDryRun !== true) throw new Failure('unreachable', ['The server does not support dry runs.']);
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
