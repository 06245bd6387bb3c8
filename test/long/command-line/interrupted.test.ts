import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { world, WORLD_MS } from '../../support/world.ts';
import { stallingRoad } from '../../command-line/stalling-road.ts';
import { deskOf, type Desk } from '../../command-line/trivium.ts';

const run = randomUUID().slice(0, 8);
const users = (name: string, rows: number) =>
  Array.from({ length: rows }, (_, row) => `{"email":"${name}-${row}-${run}@cli.example"}\n`).join('');

/** How often the authority was asked to create a user, by its answer. */
async function creations(): Promise<Record<string, number>> {
  return (await (await world()).control.calls())['POST /api/v2/users'] ?? {};
}

describe('trivium import, interrupted', () => {
  let desk: Desk;

  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    desk = await deskOf('acme');
  });
  after(() => desk.clear());
  beforeEach(async () => (await world()).control.forgetCalls());
  afterEach(async () => (await world()).control.clearFaults());

  /** So slow that there is something left to do when it is interrupted. */
  const slowDown = async () =>
    (await world()).control.addFault({
      method: 'POST',
      path: '/api/v2/users',
      effect: { kind: 'latency', ms: 1_500 },
    });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`by ${signal} while rows are worked on: the same command resumes the same import, each user is created once`, async () => {
      const file = desk.file(`${signal}.ndjson`, users(signal, 400));
      const command = ['import', file, '--out', `${desk.folder}/${signal}.ndjson.out.ndjson`];
      await slowDown();
      const first = desk.start(command);
      await first.untilSaid(/has 400 rows/);
      first.kill(signal);
      const ended = await first.ended;
      await (await world()).control.clearFaults();
      expect(ended.code).to.equal(code);
      expect(ended.stderr).to.match(/Interrupted\. The same command resumes it\.\n$/);
      expect(ended.stdout).to.equal('');
      const id = /Import (\S+) has/.exec(ended.stderr)![1]!;
      expect(ended.stderr).to.match(
        new RegExp(`\nImport ${id} continues on the server, .*POST \\S+${id}/cancel ends it`),
      );

      const second = await desk.run(command);
      expect(second.stderr).to.include(`Resuming import ${id}`).and.not.to.include('Uploading');
      expect(second.stdout).to.match(new RegExp(`^Import ${id} completed: 400 rows, 400 created\\.\n$`));
      expect(second.code).to.equal(0);
      expect(await creations()).to.deep.equal({ '201': 400 });
      expect(desk.remembered()).to.deep.equal([]);
    });
  }

  it('during the upload: nothing is begun, and the next upload carries the same Idempotency-Key', async () => {
    const road = await stallingRoad((await world()).api);
    try {
      const content = users('upload', 30);
      const command = ['import', desk.file('upload.ndjson', content), '--wait', '--url', road.url];
      road.stallAfter = content.length / 2;
      const first = desk.start(command);
      await road.untilStalled();
      first.kill('SIGINT');
      const ended = await first.ended;
      expect(ended.code).to.equal(130);
      expect(ended.stderr)
        .to.include('nothing is imported')
        .and.not.to.match(/goes on|Uploaded 100/);
      expect(desk.remembered()).to.have.length(1);

      road.stallAfter = undefined;
      const second = await desk.run(command);
      expect(second.stdout).to.match(/completed: 30 rows, 30 created\./);
      expect(second.code).to.equal(0);
      const [one, other] = road.posts;
      expect(road.posts).to.have.length(2);
      expect(one!.status).to.equal(undefined);
      expect(other!.status).to.equal(202);
      expect(one!.key)
        .to.match(/^[\w-]{36}$/)
        .and.to.equal(other!.key);
      expect(await creations()).to.deep.equal({ '201': 30 });
    } finally {
      await road.close();
    }
  });

  it('by the network while it follows: it asks again until it is answered', async () => {
    const road = await stallingRoad((await world()).api);
    try {
      const file = desk.file('network.ndjson', users('network', 200));
      await slowDown();
      const running = desk.start(['import', file, '--wait', '--url', road.url]);
      await running.untilSaid(/has 200 rows/);
      road.isDown = true;
      road.cut();
      await running.untilSaid(/could not be reached \(.*\n.*The connection broke\.[^]*Trying again/);
      road.isDown = false;
      await (await world()).control.clearFaults();
      const { code, stdout } = await running.ended;
      expect(stdout).to.match(/completed: 200 rows, 200 created\./);
      expect(code).to.equal(0);
    } finally {
      await road.close();
    }
  });

  it('a changed file is another import, and has another key', async () => {
    const road = await stallingRoad((await world()).api);
    try {
      const file = desk.file('changed.ndjson', users('changed', 2));
      road.stallAfter = 10;
      const first = desk.start(['import', file, '--url', road.url]);
      await road.untilStalled();
      first.kill('SIGINT');
      await first.ended;
      road.stallAfter = undefined;
      desk.file('changed.ndjson', users('changed', 3));
      const second = await desk.run(['import', file, '--url', road.url, '--wait', '--gzip']);
      expect(second.stdout).to.include('3 created');
      expect(road.posts[0]!.key).not.to.equal(road.posts[1]!.key);
      expect(road.posts.map(({ encoding }) => encoding)).to.deep.equal([undefined, 'gzip']);
    } finally {
      await road.close();
    }
  });
});
