/** What is measured is what runs in production, and what it is held against runs the same way: built, without a loader. */
import { spawnSync } from 'node:child_process';

/** From the project's folder; not `dist/`, from which somebody may be running. */
export const BUILD = '.trivium/bench-build';

/** Once for all benchmarks of a run. @throws Error when it does not compile */
export function buildAll(): void {
  const { status } = spawnSync(
    'npm',
    ['run', '--silent', 'build', '--', '--project', 'test/bench/tsconfig.build.json', '--into', BUILD],
    { stdio: 'inherit' },
  );
  if (status !== 0) throw new Error('There is nothing to measure: the build failed.');
}
