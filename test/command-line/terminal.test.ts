import { expect } from 'chai';
import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { world, WORLD_MS } from '../support/world.ts';
import { deskOf, TRIVIUM, type Desk } from './trivium.ts';

/** `script` of util-linux runs a program at a terminal of its own; on Debian it is always there (bsdutils). */
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux');

describe('trivium import at a terminal', () => {
  let desk: Desk;

  before(async function () {
    // BSD's and macOS's `script` takes other arguments.
    if (!hasScript) this.skip();
    this.timeout(WORLD_MS);
    await world();
    desk = await deskOf('acme');
  });
  after(() => desk?.clear());

  it('shows a bar that ends full, and leaves the cursor as it was', async () => {
    const rows = Array.from(
      { length: 300 },
      (_, row) => `{"email":"tty-${row}-${randomUUID()}@cli.example"}\n`,
    );
    const command = `"${process.execPath}" "${TRIVIUM}" import "${desk.file('tty.ndjson', rows.join(''))}" --wait`;
    const { stdout } = await promisify(execFile)('script', ['-qec', command, '/dev/null'], { env: desk.env });
    expect(stdout).to.match(/Uploading {2}\[/);
    expect(stdout).to.match(/Importing {2}\[=+\] 100 % {2}300 of 300 rows/);
    const [hide, show] = ['\u001b[?25l', '\u001b[?25h'];
    expect(stdout).to.include(hide);
    expect(stdout.lastIndexOf(show)).to.be.above(stdout.lastIndexOf(hide));
    expect(stdout).to.match(/completed: 300 rows, 300 created\.\r\n$/);
  });
});
