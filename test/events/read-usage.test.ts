/** Reading usage: the same figures however much there is, and others have their turn meanwhile. */
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { readUsage } from '../../src/events/read-usage.ts';
import { lengthMs, periodOf, startOf } from '../../src/events/usage-periods.ts';
import { redisNow } from '../../src/redis/clock.ts';
import { keys } from '../../src/redis/keys.ts';
import { redisAlone } from '../support/redis-alone.ts';

const CLIENTS = 600;
const DAYS = 4;

describe('usage of many clients', () => {
  const redis = redisAlone();
  const today = startOf('day', redisNow());
  const from = today - (DAYS - 1) * lengthMs.day;
  const query = { interval: 'day', from, before: today + 1, clientId: undefined } as const;

  async function fill(): Promise<void> {
    for (let day = 0; day < DAYS; day += 1) {
      const fields: Record<string, string | number> = {};
      for (let client = 0; client < CLIENTS; client += 1) {
        const figures = {
          kind: 'tenant',
          requests: client + 1,
          refusals: 1,
          relay_calls: day,
          ms: 10,
          max_ms: client + day,
          latency_5: client,
          latency_longer: 1,
        };
        for (const [name, value] of Object.entries(figures)) fields[`c${client} ${name}`] = value;
      }
      await redis().hset(keys.usage('acme', 'day', periodOf('day', from + day * lengthMs.day)), fields);
    }
  }

  it('is summed for all, for each client, and for each day', async () => {
    await fill();
    const { totals, clients, series } = await readUsage(redis(), 'acme', query);
    const requests = (CLIENTS * (CLIENTS + 1)) / 2;
    expect(totals).to.deep.include({
      requests: DAYS * requests,
      refusals: DAYS * CLIENTS,
      relayCalls: 6 * CLIENTS,
      sumMs: 10 * DAYS * CLIENTS,
      maxMs: CLIENTS - 1 + DAYS - 1,
    });
    expect(totals.steps[2]).to.equal(DAYS * (requests - CLIENTS));
    expect(totals.steps.at(-1)).to.equal(DAYS * CLIENTS);
    expect(series.map(({ start, figures }) => [start, figures.requests])).to.deep.equal(
      Array.from({ length: DAYS }, (_, day) => [from + day * lengthMs.day, requests]),
    );
    expect(clients).to.have.length(CLIENTS);
    expect(clients[0]).to.deep.include({ clientId: `c${CLIENTS - 1}`, kind: 'tenant' });
    for (const clientId of ['c0', 'c17', 'c599']) {
      const one = await readUsage(redis(), 'acme', { ...query, clientId });
      expect(one.clients).to.deep.equal(clients.filter((other) => other.clientId === clientId));
      expect(one.totals).to.deep.equal(one.clients[0]?.figures);
    }
    const nobody = await readUsage(redis(), 'acme', { ...query, clientId: 'c' });
    expect([nobody.clients, nobody.totals.requests]).to.deep.equal([[], 0]);
  });

  it('lets others have their turn meanwhile', async () => {
    await fill();
    await redis().config('RESETSTAT');
    let [turns, isDone] = [0, false];
    const reading = readUsage(redis(), 'acme', query).finally(() => (isDone = true));
    while (!isDone) {
      await setImmediate();
      turns += 1;
    }
    await reading;
    // Each command returns some hundred figures, and no command all of a period.
    const { hscan, hgetall } = await calls();
    expect(hgetall).to.equal(0);
    expect(hscan).to.be.at.least((CLIENTS * 8 * DAYS) / 2_000);
    expect(turns).to.be.at.least(DAYS);
  });

  async function calls(): Promise<Record<'hscan' | 'hgetall', number>> {
    const stats = await redis().info('commandstats');
    const of = (name: string) => Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
    return { hscan: of('hscan'), hgetall: of('hgetall') };
  }
});
