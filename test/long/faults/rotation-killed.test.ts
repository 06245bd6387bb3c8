import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { newApiKey, toKey, tryKey, until } from '../../support/api-keys.ts';
import { user } from '../../support/callers.ts';
import { call, type Answer } from '../../support/client.ts';
import { moveInto, WORLD_MS } from '../../support/world.ts';
import { gatedDeployment, type GatedDeployment } from '../../faults/gated-deployment.ts';

describe('a rotation whose worker dies when it has entered the successor', () => {
  let gated: GatedDeployment;
  let moveOut: () => void;

  before(async function () {
    this.timeout(WORLD_MS);
    gated = await gatedDeployment();
    const { deployment } = gated;
    moveOut = moveInto({ ...deployment, apis: [deployment.api, deployment.api] });
  });
  after(async function () {
    this.timeout(WORLD_MS);
    moveOut?.();
    await gated?.end();
  });

  for (const overlap_seconds of [3_600, 0])
    it(`ends with a secret that works, with an overlap of ${overlap_seconds} s`, async () => {
      const { gate, kill, deployment } = gated;
      const as = await user('acme');
      const name = `Rotated ${randomUUID()}`;
      const old = await newApiKey('acme', { name });
      const held = gate.holdAt(new RegExp(`"name":"${name}"`), 'unanswered');
      const { headers } = await call('POST', `${old.path}/rotate`, {
        as,
        body: { overlap_seconds },
        headers: { prefer: 'respond-async' },
      });
      await held;
      await kill.worker();
      const job = headers.get('location')!;
      // A secret is shown once.
      let body: Answer['body'];
      await until(async () => {
        ({ body } = await call('GET', job, { as }));
        return !['queued', 'running'].includes(body.status as string);
      });
      expect(body).to.nested.include({ status: 'succeeded', 'answer.status': 201 });
      const successor = toKey(body.answer.body as { client_id: string; client_secret: string });
      expect((await tryKey(deployment.api, successor.as)).status).to.equal(200);
      const listed = (await call('GET', '/v1/tenant/api-keys', { as })).body.api_keys as {
        name: string;
        client_id: string;
      }[];
      expect(listed.filter((key) => key.name === name).map(({ client_id }) => client_id)).to.have.members([
        successor.clientId,
        ...(overlap_seconds > 0 ? [old.clientId] : []),
      ]);
    });
});
