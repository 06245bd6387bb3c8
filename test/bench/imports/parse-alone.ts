/**
 * `parse-alone FILE`: reads NDJSON as plainly as it can be done, and holds each row against the contract's schema. Nothing is looked
 * up, kept or sent. A process of its own, so that nothing else has shaped how its code is compiled.
 */
import { createReadStream } from 'node:fs';
import { loadContract } from '../../../src/contract/load-contract.ts';
import { createSchemaCheck, schemaOf } from '../../../src/contract/validators.ts';

const check = createSchemaCheck(schemaOf(loadContract(), 'ImportedUser'));
const started = performance.now();
let rows = 0;
let faults = 0;
let rest = '';

for await (const piece of createReadStream(process.argv[2]!, { encoding: 'utf8' })) {
  const lines = (rest + (piece as string)).split('\n');
  rest = lines.pop()!;
  for (const line of lines) {
    rows += 1;
    if (check(JSON.parse(line))) faults += 1;
  }
}
console.log(JSON.stringify({ rows, faults, seconds: (performance.now() - started) / 1000 }));
