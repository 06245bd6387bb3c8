/** SERVICES is read again without a restart: as a whole or not at all, and no request fails meanwhile. */
import { expect } from 'chai';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/api-keys.ts';
import { apiKey, user } from '../support/callers.ts';
import { startTraffic } from '../support/traffic.ts';
import { WORLD_MS } from '../support/world.ts';
import { ordersDeployment, type OrdersDeployment } from './orders-deployment.ts';

describe('services that change', () => {
  let own: OrdersDeployment;
  let file: string;
  let services: string;
  before(async function () {
    this.timeout(WORLD_MS);
    own = await ordersDeployment();
    ({ file, services } = own);
  });
  after(() => own.end());

  const statusOf = async (path: string, as: string, api: 0 | 1 = 0) =>
    (await fetch(own.apis[api] + path, { headers: { authorization: as } })).status;
  const log = () => readFileSync(join(own.home, 'logs', 'api.log'), 'utf8');

  it('are there for everybody once they are written, and no request fails meanwhile', async () => {
    const key = await apiKey('acme');
    expect(await statusOf('/more/orders', key)).to.equal(404);
    const traffic = await startTraffic([key, await user('acme')]);
    const more = `${services}  more: { contract: orders.openapi.yaml, url: '${own.service.url}', prefix: /more, operations: { listOrders: { apiKey: ['read:orders'] } } }\n`;
    writeFileSync(file, more);
    await until(async () => (await statusOf('/more/orders', key)) === 200);
    await until(async () => (await statusOf('/more/orders', key, 1)) === 200);
    const before = traffic.accepted.length;
    await until(() => traffic.accepted.length > before + 50);
    await traffic.stop();
    expect([...traffic.codes]).to.deep.equal([]);
  });

  it('stay as they were when the file is wrong, and its faults are in the log', async () => {
    const key = await apiKey('acme');
    writeFileSync(
      file,
      services.replace('listOrders:', 'listOrdres:').replace('prefix: /orders', 'prefix: /other'),
    );
    process.kill(own.parts.api.pid, 'SIGHUP');
    await until(() => log().includes('has no operation listOrdres'));
    expect(await statusOf('/orders/orders', key)).to.equal(200);
    expect(await statusOf('/other/orders', key)).to.equal(404);
  });

  it('give and take scopes by their roles', async () => {
    const member = await user('acme', 'member');
    writeFileSync(file, services);
    await until(async () => (await statusOf('/more/orders', await apiKey('acme'))) === 404);
    expect(await statusOf('/orders/orders', member)).to.equal(403);
    writeFileSync(file, services.replace('roles:', "roles:\n  member: ['read:orders']"));
    await until(async () => (await statusOf('/orders/orders', member)) === 200);
    writeFileSync(file, services);
    await until(async () => (await statusOf('/orders/orders', member)) === 403);
  });
});
