#!/usr/bin/env node
// The program `trivium`. In a checkout it is the TypeScript beside it, by tsx; the package has it built, and no TypeScript.
import { existsSync } from 'node:fs';

if (existsSync(new URL('./main.ts', import.meta.url))) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.ts');
} else {
  await import('./dist/main.js');
}
