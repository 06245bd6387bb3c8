/** Bodies that are read whole before they are sent to a service, such as those of requests with an idempotency key. */
import { expect } from 'chai';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { until } from '../support/api-keys.ts';
import { apiKey, type TenantId } from '../support/callers.ts';
import { WORLD_MS } from '../support/world.ts';
import { ORDERS } from './declaration/orders.ts';
import { ordersDeployment, type OrdersDeployment } from './orders-deployment.ts';

const WITH_FILES = ORDERS.replace(
  '  /orders/export:',
  `  /files:
    post:
      operationId: addFile
      requestBody: { content: { application/octet-stream: { schema: { type: string } } } }
      responses: { '200': { description: Added. } }
  /orders/export:`,
);
const LENGTH = 16_777_216;

describe('bodies that are read whole for a service', () => {
  let own: OrdersDeployment;
  const open: Socket[] = [];
  before(async function () {
    this.timeout(WORLD_MS);
    own = await ordersDeployment({
      orders: WITH_FILES,
      services: (services) =>
        `${services}      addFile: { apiKey: ['write:orders'], idempotency: true, maxBody: 16MiB }\n`,
    });
  });
  after(async () => {
    for (const socket of open) socket.destroy();
    await own?.end();
  });

  const head = async (as: TenantId, key: string) =>
    [
      'POST /orders/files HTTP/1.1',
      'Host: localhost',
      `Authorization: ${await apiKey(as)}`,
      'Content-Type: application/octet-stream',
      `Idempotency-Key: ${key}`,
      `Content-Length: ${LENGTH}`,
      'Connection: close',
    ].join('\r\n') + '\r\n\r\n';

  /** @returns what the API has answered, if it is not waiting for the last of so many bytes */
  async function send(as: TenantId, key: string, length: number): Promise<string> {
    const socket = connect(Number(new URL(own.api).port), 'localhost');
    open.push(socket.on('error', () => undefined));
    socket.write(await head(as, key));
    socket.write(Buffer.alloc(length, 'a'));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString('latin1');
  }

  it('take half of the room for them at most for one tenant, and only while they are there', async () => {
    const unfinished = Array.from({ length: 5 }, (_, i) => send('acme', `unfinished-${i}`, LENGTH - 1));
    const refused = await Promise.race(unfinished);
    expect(refused).to.match(/^HTTP\/1\.1 503 [^]*\r\nRetry-After: 1\r\n/i);
    expect(refused).to.include('"overloaded"').and.include('of one tenant');
    expect(await send('globex', 'whole', LENGTH)).to.match(/^HTTP\/1\.1 200 /);
    for (const socket of open) socket.destroy();
    await until(async () => (await send('acme', 'whole', LENGTH)).startsWith('HTTP/1.1 200 '));
    expect(own.service.arrived.map(({ body }) => body.length)).to.deep.equal([LENGTH, LENGTH]);
  });
});
