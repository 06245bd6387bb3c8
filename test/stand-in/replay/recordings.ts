import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One request to a real account, and its answer, secrets removed. */
export interface Interaction {
  case: string;
  method: string;
  path: string;
  request: unknown;
  status: number;
  response: unknown;
}

/** Beside the project, and not part of it; `RECORDINGS` names another file of the same form. */
export const RECORDINGS: readonly string[] =
  process.env['RECORDINGS'] === undefined
    ? ['recordings.jsonl', 'recordings-setup.jsonl'].map((name) =>
        fileURLToPath(new URL(`../../../../shared/auth0/${name}`, import.meta.url)),
      )
    : [process.env['RECORDINGS']];

/** @returns the interactions of each case in order; undefined when there is no such file */
export function readCases(file: string): Map<string, Interaction[]> | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const cases = new Map<string, Interaction[]>();
  for (const line of lines) {
    const interaction = JSON.parse(line) as Interaction;
    cases.set(interaction.case, [...(cases.get(interaction.case) ?? []), interaction]);
  }
  return cases;
}
