/** Times and sizes as the file of `SERVICES` writes them; its schema has checked their form. */
const MS = { ms: 1, s: 1_000, m: 60_000 } as const;
const BYTES = { B: 1, KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824 } as const;

/** @param text `30s` @returns milliseconds */
export const readDuration = (text: string): number => read(text, MS);

/** @param text `1MiB` @returns bytes */
export const readSize = (text: string): number => read(text, BYTES);

function read(text: string, units: Readonly<Record<string, number>>): number {
  const [, amount, unit = ''] = /^(\d+)(.+)$/.exec(text) ?? [];
  return Number(amount) * (units[unit] ?? Number.NaN);
}
