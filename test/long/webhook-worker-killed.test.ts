/** `kill -9` of the worker in the middle of deliveries: each event arrives at least once, and in order where that is asked for. */
import { expect } from 'chai';
import { until } from '../support/api-keys.ts';
import { basic } from '../support/callers.ts';
import { ownWorld, type OwnDeployment } from '../support/own-deployment.ts';
import { startReceiver, type Receiver } from '../support/webhook-receiver.ts';
import { aWebhook, happenInARow, readWebhook } from '../support/webhooks.ts';
import { moveInto, WORLD_MS } from '../support/world.ts';

/** When the endpoint has taken in so many, it answers no more, and the worker is killed with its calls under way. */
const KILLED_AFTER = [0, 8, 16];
const EVENTS = 30;

describe('a webhook worker that is killed', () => {
  let deployment: OwnDeployment;
  let leave: () => void;
  const workers: { pid: number }[] = [];
  const receivers: Receiver[] = [];
  const workerSettings = { WEBHOOK_RETRY_SECONDS: '0.5,0.5,0.5', WORKER_LOCK_SECONDS: '1' };

  before(async function () {
    this.timeout(WORLD_MS);
    const own = await ownWorld({ workerSettings });
    deployment = own;
    leave = moveInto(own);
    workers.push(own.parts.worker);
  });
  after(async function () {
    this.timeout(WORLD_MS);
    leave?.();
    await Promise.all(receivers.map((receiver) => receiver.close()));
    await deployment?.end();
  });

  for (const ordered of [false, true]) {
    it(`loses nothing${ordered ? ', and keeps the order' : ''}`, async function () {
      this.timeout(360_000);
      const { client_id, client_secret } = deployment.tenants[0]!.api_key;
      const as = basic(client_id, client_secret);
      const endpoint = await startReceiver();
      receivers.push(endpoint);
      const hook = await aWebhook(as, endpoint.url, { ordered });
      /** Calls that were under way when their worker was killed. */
      let broken = 0;
      let holdsAfter = KILLED_AFTER[0]!;
      endpoint.answer((_, response) => {
        if (endpoint.taken().length < holdsAfter) return void response.writeHead(204).end();
        response.once('close', () => (broken += 1));
      });
      const held = () => endpoint.received.some(({ status, isOpen }) => status() === undefined && isOpen());
      const requests = happenInARow(as, EVENTS);
      for (const kill of KILLED_AFTER.keys()) {
        await until(() => held());
        const before = broken;
        process.kill(workers.at(-1)!.pid, 'SIGKILL');
        await until(() => broken > before && !held());
        holdsAfter = KILLED_AFTER[kill + 1] ?? Infinity;
        workers.push(await deployment.startWorker(`worker-${ordered}-${kill}`));
      }
      const wanted = await requests;
      const arrived = () => {
        const taken = endpoint.received.filter(({ status }) => status() === 204);
        return [...new Set(taken.map(({ message }) => message.data.request_id))];
      };
      await until(() => arrived().length === EVENTS);
      await until(async () => (await readWebhook(as, hook)).pending === 0);
      if (ordered) expect(arrived()).to.deep.equal(wanted);
      else expect(arrived()).to.have.members(wanted);
      expect(broken).to.be.at.least(KILLED_AFTER.length);
    });
  }
});
