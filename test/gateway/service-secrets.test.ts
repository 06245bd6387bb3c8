/** Secrets of services: what is wrong with their files, and that they and the types of events change as a whole or not at all. */
import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadGateway } from '../../src/gateway/load-gateway.ts';
import { ServicesFault } from '../../src/gateway/declaration/services-fault.ts';
import type { StartedProcess } from '../../src/start/processes.ts';
import { until } from '../support/api-keys.ts';
import { aSecret, post, startRecorder, TWO_SERVICES, writeRecorders } from '../support/service-events.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('the secrets of services', () => {
  function faultsOf({ file }: { file: string }, wanted = { secrets: true }): string[] {
    try {
      loadGateway(file, wanted);
      return [];
    } catch (error) {
      if (!(error instanceof ServicesFault)) throw error;
      return error.faults.map((fault) => fault.replaceAll(file.replace('services.yaml', ''), ''));
    }
  }

  it('are one or two random ones each', () => {
    const recorders = writeRecorders();
    expect(faultsOf(recorders)).to.deep.equal([]);
    recorders.write('orders', recorders.orders, aSecret());
    expect(faultsOf(recorders)).to.deep.equal([]);
    expect(loadGateway(recorders.file, { secrets: true }).secrets.get('orders')).to.have.length(2);
  });

  it('are read by the API only: workers and checks of the file do not need them', () => {
    const recorders = writeRecorders();
    recorders.write('orders', 'none');
    expect(faultsOf(recorders, { secrets: false })).to.deep.equal([]);
    const { secrets, files } = loadGateway(recorders.file);
    expect(secrets.size).to.equal(0);
    expect(files.some((file) => file.endsWith('.secret'))).to.equal(false);
  });

  const shared = aSecret();
  const cases: [string, (recorders: ReturnType<typeof writeRecorders>) => void, RegExp][] = [
    [
      'none',
      ({ write }) => write('orders'),
      /^services\.yaml:11: orders\.secret must have one secret, or two/,
    ],
    [
      'three',
      ({ write }) => write('orders', aSecret(), aSecret(), aSecret()),
      /must have one secret, or two/,
    ],
    [
      'a short one',
      ({ write }) => write('orders', 'c2hvcnQ='),
      /secret \(1 of 1\) that must be 32 bytes in base64/,
    ],
    [
      'one that is not random',
      ({ write }) => write('orders', aSecret(), Buffer.alloc(32, 'ab').toString('base64')),
      /secret \(2 of 2\) that is not a key of 32 random bytes/,
    ],
    [
      'that of another service',
      ({ write }) => {
        write('orders', shared);
        write('billing', shared);
      },
      /billing\.secret has a secret that orders has, too/,
    ],
  ];
  for (const [what, write, expected] of cases)
    it(`are refused with file and line, and not shown: ${what}`, () => {
      const recorders = writeRecorders();
      write(recorders);
      const faults = faultsOf(recorders);
      expect(faults).to.have.length(1);
      expect(faults[0]).to.match(expected).and.not.include(shared).and.not.include('c2hvcnQ');
    });

  it('are refused where there is no file', () => {
    const recorders = writeRecorders(TWO_SERVICES.replace('./billing.secret', './nowhere'));
    expect(faultsOf(recorders)).to.have.length(1);
    expect(faultsOf(recorders)[0]).to.match(
      /^services\.yaml:\d+: nowhere cannot be read; `openssl rand -base64 32 > nowhere` makes it$/,
    );
  });
});

describe('a change of the secrets of services', () => {
  const recorders = writeRecorders();
  const next = aSecret();
  let api: StartedProcess;
  before(async function () {
    this.timeout(WORLD_MS);
    api = await startRecorder(recorders, 'api-rotating');
  });

  const statusOf = async (secret: string, type = 'order.shipped') =>
    (await post('orders', { tenant_id: 'acme', type }, { at: api.url, as: `Bearer ${secret}` })).status;
  const log = async () => readFileSync(join((await world()).home, 'logs', 'api-rotating.log'), 'utf8');

  it('lets a service go from one to the next without a refusal', async () => {
    expect(await statusOf(recorders.orders)).to.equal(201);
    expect(await statusOf(next)).to.equal(401);
    recorders.write('orders', recorders.orders, next);
    await until(async () => (await statusOf(next)) === 201);
    expect(await statusOf(recorders.orders)).to.equal(201);
    recorders.write('orders', next);
    await until(async () => (await statusOf(recorders.orders)) === 401);
    expect(await statusOf(next)).to.equal(201);
  });

  it('comes with the types of events, or neither of them does', async () => {
    const services = readFileSync(recorders.file, 'utf8');
    const last = aSecret();
    const more = services.replace(
      'order.created:',
      'order.returned: An order came back\n      order.created:',
    );
    writeFileSync(recorders.file, more);
    recorders.write('orders', last, 'mistyped');
    process.kill(api.pid, 'SIGHUP');
    await until(async () => (await log()).includes('must be 32 bytes in base64'));
    expect(await log())
      .to.not.include('mistyped')
      .and.not.include(last);
    expect(await statusOf(next, 'order.returned')).to.equal(422);
    expect(await statusOf(last)).to.equal(401);
    recorders.write('orders', last);
    await until(async () => (await statusOf(last, 'order.returned')) === 201);
    expect(await statusOf(next)).to.equal(401);
    writeFileSync(recorders.file, services);
    await until(async () => (await statusOf(last, 'order.returned')) === 422);
  });
});
