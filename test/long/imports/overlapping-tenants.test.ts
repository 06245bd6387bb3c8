/** Two tenants import the same people at the same time: each gets users of its own, and neither learns of the other's. */
import { expect } from 'chai';
import { ownDeployment, type OwnDeployment } from '../../support/own-deployment.ts';
import { WORLD_MS } from '../../support/world.ts';
import { importClient, type RowView } from './import-client.ts';

const ROWS = 2_000;

describe('two tenants with the same emails', () => {
  let deployment: OwnDeployment;
  before(async function () {
    this.timeout(WORLD_MS);
    deployment = await ownDeployment();
    await deployment.startWorker('worker-2');
  });
  after(async function () {
    this.timeout(WORLD_MS);
    await deployment?.end();
  });

  it('import them beside each other', async function () {
    this.timeout(360_000);
    const clients = ([0, 1] as const).map((index) => importClient(deployment, index));
    const linesOf = (tenant: number) =>
      Array.from({ length: ROWS }, (_, i) =>
        JSON.stringify({ email: `both-${i}@overlap.example`, name: `Of tenant ${tenant}` }),
      );
    const paths = await Promise.all(
      clients.map(async (client, i) => {
        const answer = await client.upload(linesOf(i), 'the-same-key');
        expect(answer.status).to.equal(202);
        return answer.headers.get('location')!;
      }),
    );
    // The same key of another tenant is another key.
    expect(paths[0]).to.not.equal(paths[1]);
    await Promise.all(
      clients.map((client, i) => client.untilIts(paths[i]!, ({ status }) => status === 'completed')),
    );

    const idsOf: Set<string>[] = [];
    for (const [i, client] of clients.entries()) {
      expect((await client.view(paths[i]!))!.counts).to.deep.equal({
        pending: 0,
        created: ROWS,
        failed: 0,
        skipped: 0,
        unknown: 0,
      });
      const rows: RowView[] = [];
      for await (const row of client.download(paths[i]!)) rows.push(row);
      idsOf.push(new Set(rows.map(({ user_id }) => user_id!)));
      const users = (await client.listedUsers()).filter(({ email }) => email.endsWith('@overlap.example'));
      const tenantId = deployment.tenants[i]!.id;
      expect(new Set(users.map(({ name, tenant_id }) => `${name}, ${tenant_id}`))).to.deep.equal(
        new Set([`Of tenant ${i}, ${tenantId}`]),
      );
      expect(users.map(({ user_id }) => user_id).sort()).to.deep.equal([...idsOf[i]!].sort());
    }
    expect([...idsOf[0]!].filter((id) => idsOf[1]!.has(id))).to.deep.equal([]);

    for (const [i, client] of clients.entries()) {
      const own = await client.view(paths[i]!);
      expect(own!.status).to.equal('completed');
      expect(await client.view(paths[1 - i]!)).to.equal(undefined);
      expect((await client.list()).map(({ id }) => id)).to.deep.equal([own!.id]);
    }
  });
});
