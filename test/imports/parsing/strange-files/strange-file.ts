/** What the tables of strange files are written with. */
import type { UploadFormat, UploadLimits } from '../../../../src/imports/parsing/read-upload.ts';
import type { Told } from '../read.ts';

export interface StrangeFile {
  about: string;
  format: UploadFormat;
  bytes: Uint8Array;
  isGzip?: boolean;
  charset?: string;
  limits?: Partial<UploadLimits>;
  told: Told;
}

/** What it is, its bytes, its answer, and how it is sent when that is not the usual way. */
export type Line = [string, Uint8Array, Told, Partial<StrangeFile>?];

export const utf8 = (text: string) => Buffer.from(text);
export const utf16le = (text: string) => Buffer.from(text, 'utf16le');
export const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
export const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
export const rows = (...values: unknown[]): Told => ({
  rows: values.map((value, i) => ({ number: i + 1, value })),
});
export const problem = (code: string, detail?: string): Told => ({ problem: [code, detail] });
export const fault = (code: string, message: string, pointer?: string) => ({
  error: { code, message, ...(pointer === undefined ? {} : { pointer }) },
});

export const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ email: `${name}@x.example` })) as [
  object,
  object,
  object,
];
export const lineOf = (value: object) => JSON.stringify(value);
export const emoji = { email: 'a@x.example', name: 'Zoë 👩‍👩‍👧 🇪🇺' };
/** Longer than any row may be. */
export const TEN_MB = 10_000_000;
