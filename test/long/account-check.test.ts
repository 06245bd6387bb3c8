/** The comparison of the account by workers of a deployment: its events in the audit log, its metric, and one worker at a time. */
import { expect } from 'chai';
import { auditEvents } from '../support/audit.ts';
import { until } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { world, WORLD_MS } from '../support/world.ts';

describe('workers that compare the account', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('record drift in the operator’s audit log and as a metric, until it ends', async function () {
    this.timeout(WORLD_MS);
    const { apis, audience, startWorker } = await world();
    const sdk = await management();
    const { data } = await sdk.resourceServers.list({ identifiers: [audience] });
    const id = data[0]!.id!;
    await sdk.resourceServers.update(id, { enforce_policies: true });
    const settings = { ACCOUNT_CHECK_SECONDS: '1' };
    const workers = await Promise.all(['check-1', 'check-2'].map((name) => startWorker(name, settings)));
    try {
      const ofApi = (type: string) => async () => {
        const events = await auditEvents({ type });
        return events.filter(({ target }) => target === 'api enforce_policies').length;
      };
      const [found, ended] = [ofApi('account_drift.found'), ofApi('account_drift.ended')];
      await until(async () => (await found()) === 1);
      const drift = async () => /^trivium_account_drift\{part="api"\} (\d+)$/m.exec(await metrics())?.[1];
      const metrics = async () => (await fetch(`${apis[0]}/metrics`)).text();
      const before = Number(await drift());
      expect(before).to.be.above(0);
      expect(await metrics()).to.match(/^trivium_account_checked_timestamp_seconds \d{10}$/m);

      await sdk.resourceServers.update(id, { enforce_policies: false });
      await until(async () => (await ended()) === 1);
      expect([await found(), Number(await drift())]).to.deep.equal([1, before - 1]);
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
    }
  });
});
