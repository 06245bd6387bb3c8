/** `npm run bench [-- NAME] [--rounds N] [--seconds N]`: prints a table and keeps the figures. Never part of `npm test`. */
import { parseArgs } from 'node:util';
import { homeFolder } from '../../src/start/home.ts';
import { auth } from './auth.ts';
import { buildAll } from './build.ts';
import { gateway } from './gateway.ts';
import { imports } from './imports.ts';
import { relay } from './relay.ts';
import { standIn } from './stand-in.ts';
import { keep, print, type Benchmark } from './measure.ts';

const benchmarks: Record<string, Benchmark> = { auth, gateway, imports, relay, 'stand-in': standIn };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '15' }, seconds: { type: 'string', default: '2' } },
});
const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
const unknown = names.find((name) => !Object.hasOwn(benchmarks, name));
if (unknown) {
  console.error(`There is no benchmark ${unknown}; there is: ${Object.keys(benchmarks).join(', ')}`);
  process.exit(1);
}
buildAll();
// Before a benchmark takes a home of its own.
const home = homeFolder();
for (const name of names) {
  const measures = await benchmarks[name]!({
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
  });
  print(name, measures);
  console.log(`\nkept in ${keep(home, name, measures)}`);
}
