/** The access log's lines wait for others, and are lost in no orderly end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';

const program = (level: string, then: string) => `
  import { createRequestLog } from './src/log.ts';
  const log = createRequestLog('${level}');
  for (let i = 0; i < 100; i += 1) log.write('"status":200,"n":' + i);
  ${then}
`;

function run(level: string, then: string) {
  const flags = ['--import', 'tsx', '--input-type=module', '--eval', program(level, then)];
  return spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('the access log', () => {
  for (const [end, then] of [
    ['process.exit', 'process.exit(0);'],
    ['an end by itself', ''],
  ] as const)
    it(`has every line, whole and in order, after ${end}`, async () => {
      const child = run('info', then);
      const lines = (await text(child.stdout)).trim().split('\n');
      const found = lines.map((line) => JSON.parse(line) as { level: number; time: number; n: number });
      expect(found.map(({ n }) => n)).to.deep.equal(Array.from({ length: 100 }, (_, n) => n));
      for (const { level, time } of found) {
        expect(level).to.equal(30);
        expect(time).to.be.within(Date.now() - 3_600_000, Date.now() + 1_000);
      }
    });

  it('is empty where the level says so', async () => {
    expect(await text(run('warn', '').stdout)).to.equal('');
  });

  it('keeps no process alive whose output nobody reads any more', async () => {
    const child = run(
      'info',
      `process.stdin.resume(); setTimeout(() => { log.write('"status":1'); process.exit(0); }, 500);`,
    );
    child.stdout.destroy();
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).to.equal(0);
  });
});
