/** Of Node, for the API: what is dead, young or old, need not pile up before it is cleared away, on few threads. */
import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  scripts: { api: string };
};

/** Those of `npm run api`, the one place where they stand: a shell must know them before any of our code runs. */
export const API_FLAGS: readonly string[] = scripts.api.split(' ').filter((word) => word.startsWith('--'));
