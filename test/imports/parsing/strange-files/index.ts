/** Files nobody here wrote, each with its exact answer. */
import type { UploadFormat } from '../../../../src/imports/parsing/read-upload.ts';
import { csv } from './csv.ts';
import { gzip } from './gzip.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';
import type { Line, StrangeFile } from './strange-file.ts';

const of = (format: UploadFormat, files: Line[], all: Partial<StrangeFile> = {}): StrangeFile[] =>
  files.map(([about, content, told, more]) => ({ about, format, bytes: content, told, ...all, ...more }));

export const strangeFiles: StrangeFile[] = [
  ...of('ndjson', ndjson),
  ...of('csv', csv),
  ...of('json', json),
  ...of('ndjson', gzip, { isGzip: true }),
];
