#!/usr/bin/env node
// The program `trivium`. Plain JavaScript: it brings the TypeScript of this folder to run, from the repository and installed.
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
