/** An audit log takes no more bytes than it may, says so, loses nothing that changed something by refusals, and stays verifiable. */
import { expect } from 'chai';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { readLog, type RecordedEvent } from '../../src/events/audit-log.ts';
import { createChainKeys } from '../../src/events/chain.ts';
import { toEvent, type EventOutcome } from '../../src/events/event.ts';
import { forwardEvents } from '../../src/events/forward.ts';
import { createLogBound } from '../../src/events/log-bound.ts';
import { verifyLog } from '../../src/events/verify-log.ts';
import { connectForWaiting, untilReady } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { startRedis, type StartedRedis } from '../../src/start/start-redis.ts';
import { anyFreePort } from '../../src/start/ports.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const chain = createChainKeys({ current: 'k', byId: new Map([['k', randomBytes(32)]]) });
const MAX_BYTES = 200_000;

describe('the bound of an audit log', () => {
  let redis: Redis;
  let server: StartedRedis;
  let folder: string;
  let tenant: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trivium-log-bound-'));
    const port = await anyFreePort();
    server = await startRedis({ folder, port });
    redis = connectForWaiting(`redis://127.0.0.1:${port}`);
    await untilReady(redis);
  });
  beforeEach(() => (tenant = `t${randomUUID()}`));
  after(async () => {
    redis.disconnect();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function put(count: number, outcome: EventOutcome, of = tenant): Promise<void> {
    const batch = redis.pipeline();
    for (let i = 0; i < count; i += 1) {
      const draft = {
        type: 'thing.done',
        ...(of === '-' ? {} : { tenant_id: of }),
        principal: { kind: 'tenant' as const, client_id: 'c'.repeat(100) },
        target: `${outcome}-${i}`,
      };
      batch.xadd(keys.outbox, '*', 'e', JSON.stringify(toEvent(draft, { outcome })));
    }
    await batch.exec();
    const bound = createLogBound(redis, chain, MAX_BYTES);
    while ((await forwardEvents(redis, chain, bound)) > 0);
  }
  const events = async (of = tenant) =>
    (await readLog(redis, of, { from: '-', to: '+', count: 10_000 })).map(
      ({ text }) => JSON.parse(text) as RecordedEvent,
    );
  const ofType = async (type: string, of = tenant) =>
    (await events(of)).filter((event) => event.type === type);
  const bytes = async (of = tenant) => Number(await redis.memory('USAGE', keys.auditLog(of)));

  it('is kept by whatever is refused, without a change being lost for it', async () => {
    await put(50, 'succeeded');
    await put(5_000, 'refused');
    expect(await bytes()).to.be.below(MAX_BYTES);
    expect(await ofType('thing.done')).to.have.length(50);
    expect((await ofType('request.refused')).length).to.be.within(100, 1_000);
    expect(await ofType('audit_log.full')).to.have.length(1);
    // A change is recorded all the same.
    await put(10, 'succeeded');
    expect(await ofType('thing.done')).to.have.length(60);
    expect((await verifyLog(redis, chain, tenant)).faults).to.deep.equal([]);
  });

  it('is kept by changes, too: the oldest go, and the chain says so', async () => {
    await put(5_000, 'succeeded');
    expect(await bytes()).to.be.below(MAX_BYTES);
    const left = await ofType('thing.done');
    expect(left.at(-1)!.target).to.equal('succeeded-4999');
    expect(left[0]!.seq).to.be.above(1_000);
    const trimmed = await ofType('audit_log.trimmed');
    expect(trimmed.length).to.be.below(2);
    const { faults, events: count } = await verifyLog(redis, chain, tenant);
    expect(faults).to.deep.equal([]);
    expect(count).to.equal((await events()).length);
  });

  it('is that of each log, the operator’s too', async () => {
    await put(5_000, 'refused', '-');
    expect(await bytes('-')).to.be.below(MAX_BYTES);
    expect(await ofType('audit_log.full', '-')).to.have.length(1);
    await put(5, 'refused');
    expect(await ofType('request.refused')).to.have.length(5);
  });
});
