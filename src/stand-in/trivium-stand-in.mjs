#!/usr/bin/env node
// The stand-in as a program. In a checkout it runs the TypeScript sources with tsx; the package contains a build, and no TypeScript.
import { existsSync } from 'node:fs';

if (existsSync(new URL('./main.ts', import.meta.url))) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.ts');
} else {
  await import('./dist/main.js');
}
