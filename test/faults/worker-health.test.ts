import { expect } from 'chai';
import { anyFreePort } from '../../src/start/ports.ts';
import { until } from '../support/api-keys.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('a worker tells how it is', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('by /healthz and /readyz on a port of its own', async () => {
    const { startWorker, control } = await world();
    const port = await anyFreePort();
    const worker = await startWorker('worker-health', { WORKER_HEALTH_PORT: String(port) });
    const ask = async (path: string) => {
      const response = await fetch(`http://localhost:${port}${path}`);
      return { status: response.status, body: (await response.json()) as { checks: { authority?: string } } };
    };
    expect(await ask('/healthz')).to.deep.equal({ status: 200, body: { status: 'ok' } });
    expect(await ask('/else')).to.have.property('status', 404);
    await control.goDown();
    try {
      expect(await ask('/readyz')).to.deep.equal({
        status: 200,
        body: { status: 'ready', checks: { redis: 'ok', authority: 'failed', queue: 'ok' } },
      });
      expect(await ask('/healthz')).to.have.property('status', 200);
    } finally {
      await control.comeUp();
    }
    await until(async () => (await ask('/readyz')).body.checks.authority === 'ok');
    await worker.stop();
  });
});
