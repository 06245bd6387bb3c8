/** The example of a tenant's back end, where the limit of its key is used up: it waits as long as it is told. */
import { expect } from 'chai';
import { setTimeout as delay } from 'node:timers/promises';
import { examplesDeployment, type ExamplesDeployment } from '../../examples/examples-deployment.ts';
import { startExample, type ExampleProgram } from '../../examples/program.ts';
import { apiKey, demoTenant } from '../../support/callers.ts';
import { WORLD_MS } from '../../support/world.ts';

const ENOUGH_SECONDS = 30;

describe('the example of a tenant’s back end, where the limit is used up', () => {
  let own: ExamplesDeployment;
  let orders: ExampleProgram;
  before(async function () {
    this.timeout(WORLD_MS);
    own = await examplesDeployment({ REQUESTS_PER_MINUTE_PER_PRINCIPAL: '10' });
    orders = await own.startOrders();
  });
  after(async () => {
    await orders?.kill();
    await own?.end();
  });

  /** @returns seconds until there are more */
  async function useUp(): Promise<number> {
    for (;;) {
      const { status, headers } = await fetch(`${own.api}/orders/orders`, {
        headers: { authorization: await apiKey('acme') },
      });
      if (status === 429) return Number(headers.get('retry-after'));
    }
  }

  it('waits after a 429, and then creates its order once and lists it', async function () {
    this.timeout(WORLD_MS);
    // So that the minute does not end before the program begins.
    for (let left = await useUp(); left < ENOUGH_SECONDS; left = await useUp()) await delay(left * 1_000);
    const key = (await demoTenant('acme')).api_key;
    const { code, said } = await startExample(
      ['python3', '-B', 'examples/tenant-backend/orders.py', 'Desk lamp', '2'],
      {
        TRIVIUM_URL: own.api,
        TRIVIUM_CLIENT_ID: key.client_id,
        TRIVIUM_CLIENT_SECRET: key.client_secret,
      },
    ).ended;
    const waits = [...said.matchAll(/^too many requests; waiting (\d+) s$/gm)].map(([, n]) => Number(n));
    expect(waits).to.have.length(1);
    for (const seconds of waits) expect(seconds).to.be.within(1, 60);
    expect(said.match(/Desk lamp/g)).to.have.length(1);
    expect(code).to.equal(0);
  });
});
