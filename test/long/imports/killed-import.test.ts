/**
 * A large import while everything dies once, as real processes: the API during the upload and during the download of the results,
 * each worker and Redis during the work. Each row has one outcome all the same, and the authority has exactly the `created` ones.
 */
import { expect } from 'chai';
import { until } from '../../support/api-keys.ts';
import { ownDeployment, type OwnDeployment } from '../../support/own-deployment.ts';
import { WORLD_MS } from '../../support/world.ts';
import type { StartedProcess } from '../../../src/start/processes.ts';
import { importClient, type RowView } from './import-client.ts';

const ROWS = 30_000;
/** One in a hundred is wrong. */
const BAD_EVERY = 100;
const BAD = ROWS / BAD_EVERY;
const WHOLE_MS = 720_000;
const KEY = 'the-one-import';

const isBad = (row: number) => row % BAD_EVERY === 0;
const emailOf = (row: number) => `row-${row}@large.example`;

function* lines(onRow: (row: number) => void = () => undefined): Generator<string> {
  for (let row = 1; row <= ROWS; row += 1) {
    onRow(row);
    yield JSON.stringify({ email: isBad(row) ? 'no email' : emailOf(row), name: `Row ${row}` });
  }
}

describe('a large import, and everything dies once', function () {
  // Each goes on where the one before ended.
  this.bail(true);
  let deployment: OwnDeployment;
  let client: ReturnType<typeof importClient>;
  let usersBefore: number;
  const parts: Record<'api' | 'first' | 'second', StartedProcess | undefined> = {
    api: undefined,
    first: undefined,
    second: undefined,
  };
  let path: string;

  async function restartApi(): Promise<void> {
    await parts.api!.stop('SIGKILL');
    parts.api = await deployment.startApi('api', { PORT: new URL(deployment.api).port });
  }
  const startWorker = (name: string) => deployment.startWorker(name, { WORKER_LOCK_SECONDS: '2' });
  const untilCreated = (count: number) => client.untilIts(path, ({ counts }) => counts.created >= count);

  before(async function () {
    this.timeout(WORLD_MS);
    deployment = await ownDeployment({ plan: 'off', apiSettings: FAR_LIMITS });
    client = importClient(deployment, 0);
    usersBefore = (await client.listedUsers()).length;
    await deployment.parts.worker.stop();
    parts.api = deployment.parts.api;
    [parts.first, parts.second] = await Promise.all([startWorker('worker-1'), startWorker('worker-2')]);
  });
  after(async function () {
    this.timeout(WORLD_MS);
    await deployment?.end();
  });

  it('the API during the upload: nothing is left of it, and the same key imports it all', async function () {
    this.timeout(WHOLE_MS);
    let killed: Promise<void> | undefined;
    const broken = await client
      .upload(
        lines((row) => {
          if (row === ROWS / 2) killed = restartApi();
        }),
        KEY,
      )
      .catch(() => undefined);
    expect(broken).to.equal(undefined);
    await killed;
    expect(await client.list()).to.deep.equal([]);
    // Until the dead API's lease has run out, its upload counts as one that is under way.
    let answer: Response | undefined;
    await until(async () => {
      answer = await client.upload(lines(), KEY).catch(() => undefined);
      return answer !== undefined && answer.status !== 409;
    });
    expect(answer!.status).to.equal(202);
    path = answer!.headers.get('location')!;
    expect((await client.view(path))!.total).to.equal(ROWS);
  });

  it('workers and Redis during the work: each row ends once', async function () {
    this.timeout(WHOLE_MS);
    await untilCreated(ROWS * 0.1);
    await parts.first!.stop('SIGKILL');
    parts.first = await startWorker('worker-1');
    await untilCreated(ROWS * 0.3);
    await deployment.killRedis();
    await deployment.restartRedis();
    await untilCreated(ROWS * 0.5);
    await Promise.all([parts.first.stop('SIGKILL'), parts.second!.stop('SIGKILL')]);
    parts.second = await startWorker('worker-2');
    await client.untilIts(path, ({ status }) => status === 'completed');
    expect((await client.view(path))!.counts).to.deep.equal({
      pending: 0,
      created: ROWS - BAD,
      failed: BAD,
      skipped: 0,
      unknown: 0,
    });
  });

  it('the API during the download: it breaks off, and the next one is whole and true', async function () {
    this.timeout(WHOLE_MS);
    let read = 0;
    const broken = await (async () => {
      let killed: Promise<void> | undefined;
      try {
        for await (const _row of client.download(path)) if ((read += 1) === 1_000) killed = restartApi();
      } finally {
        await killed;
      }
    })().catch((error: unknown) => error);
    expect(broken).to.be.instanceOf(Error);
    expect(read).to.be.lessThan(ROWS);

    const rows: RowView[] = [];
    for await (const row of client.download(path)) rows.push(row);
    expect(rows.map(({ row }) => row)).to.deep.equal(Array.from({ length: ROWS }, (_, i) => i + 1));
    const wrong = rows.filter(({ row, status, email, error }) =>
      isBad(row)
        ? status !== 'failed' || error?.code !== 'invalid_body'
        : status !== 'created' || email !== emailOf(row),
    );
    expect(wrong).to.deep.equal([]);

    const users = (await client.listedUsers()).filter(({ email }) => email.endsWith('@large.example'));
    const created = rows.filter(({ status }) => status === 'created');
    expect(users.map((user) => `${user.user_id} ${user.email} ${user.tenant_id}`).sort()).to.deep.equal(
      created.map(({ user_id, email }) => `${user_id} ${email} ${deployment.tenants[0]!.id}`).sort(),
    );
    expect(await client.listedUsers()).to.have.length(usersBefore + created.length);
  });
});

const FAR_LIMITS = {
  REQUESTS_PER_MINUTE_PER_TENANT: '1000000000',
  REQUESTS_PER_MINUTE_PER_PRINCIPAL: '1000000000',
};
