/** Files of users as a tenant would send them: NDJSON, about 250 bytes a row. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const PADDED = 7;
const ROWS_AT_ONCE = 10_000;

/** A user without a password, so that either channel can take it. @param run tells files apart: their users are others */
export function rowOf(run: string, i: number): string {
  const number = String(i).padStart(PADDED, '0');
  return JSON.stringify({
    email: `row-${number}-${run}@import.example`,
    name: `Row Number ${number}`,
    given_name: 'Row',
    family_name: `Number ${number}`,
    nickname: `row-${number}`,
    user_metadata: { department: 'Engineering', cost_centre: `CC-${i % 100}`, language: 'en', seat: i },
  });
}

export async function writeRows(file: string, count: number, run: string): Promise<{ bytes: number }> {
  const stream = createWriteStream(file);
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const size = Math.min(ROWS_AT_ONCE, count - from);
    const text = Array.from({ length: size }, (_, i) => rowOf(run, from + i)).join('\n') + '\n';
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  return { bytes: stream.bytesWritten };
}
