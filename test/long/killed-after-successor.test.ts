/** `kill -9` when a slice has queued its successor and has not ended itself: each row is created once all the same. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { gatedDeployment, type GatedDeployment } from '../faults/gated-deployment.ts';
import { managementOf } from '../support/authority.ts';
import { until } from '../support/api-keys.ts';
import { basic } from '../support/callers.ts';
import { WORLD_MS } from '../support/world.ts';

/** The id of the second slice's job, as it is added. */
const SUCCESSOR = /[0-9a-f]{12}-1[^0-9a-f-]/;
/** More than one slice has: a fifth of what the plan allows in a second. */
const ROWS = 150;
const PAGES = [0, 1];

describe('killed after the successor is queued', () => {
  let gated: GatedDeployment;
  before(async function () {
    this.timeout(WORLD_MS);
    gated = await gatedDeployment();
  });
  after(async function () {
    this.timeout(WORLD_MS);
    await gated?.end();
  });

  for (const victim of ['worker', 'Redis'] as const) {
    it(victim, async function () {
      this.timeout(WORLD_MS);
      const { deployment, gate, kill } = gated;
      const { api, control, tenants } = deployment;
      const { client_id, client_secret } = tenants[0]!.api_key;
      const authorization = basic(client_id, client_secret);
      const run = randomUUID().slice(0, 8);
      await control.forgetCalls();
      const held = gate.holdAt(SUCCESSOR, true);
      const body = Array.from({ length: ROWS }, (_, i) => ({ email: `s${i}-${run}@acme.example` }));
      const response = await fetch(`${api}/v1/user-imports`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.status).to.equal(202);
      const path = response.headers.get('location')!;
      await held;
      await kill[victim]();
      const state = async () => {
        const answer = await fetch(api + path, { headers: { authorization } }).catch(() => undefined);
        return answer?.status === 200
          ? ((await answer.json()) as { status: string; counts: object })
          : undefined;
      };
      await until(async () => (await state())?.status === 'completed');
      const counts = { pending: 0, created: ROWS, failed: 0, skipped: 0, unknown: 0 };
      expect((await state())!.counts).to.deep.equal(counts);
      const pages = PAGES.map((page) =>
        managementOf(deployment).users.list({
          q: `email:s*-${run}@acme.example`,
          per_page: 100,
          page,
          sort: 'created_at:1',
        }),
      );
      const data = (await Promise.all(pages)).flatMap((page) => page.data);
      expect(new Set(data.map(({ email }) => email)).size).to.equal(ROWS);
      expect(data).to.have.length(ROWS);
      const calls = await control.calls();
      expect(Object.values(calls).flatMap((statuses) => statuses['429'] ?? [])).to.deep.equal([]);
    });
  }
});
