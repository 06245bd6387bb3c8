import { expect } from 'chai';
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { calculateJwkThumbprint } from 'jose';
import {
  openSigningKeys,
  PUBLISHED_AFTER_MS,
  PUBLISHED_BEFORE_MS,
  type SigningKeys,
} from '../../src/gateway/signing-keys.ts';
import { createLog } from '../../src/log.ts';
import { connectForCommands, untilReady } from '../../src/redis/connections.ts';
import { DAY_MS, MINUTE_MS } from '../../src/redis/key-definition.ts';
import { keyDefinitions, keys } from '../../src/redis/keys.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { redisAlone } from '../support/redis-alone.ts';
import { redisServer } from '../support/redis-server.ts';

const ROTATION_MS = 30 * DAY_MS;
const START = Date.UTC(2026, 10, 30);
const log = createLog('silent', []);

const keyOf = (seed: string) => createHash('sha256').update(seed).digest();
const sealWith = (...ids: string[]) =>
  createSeal({ current: ids[0]!, byId: new Map(ids.map((id) => [id, keyOf(id)])) });

describe('signing keys', () => {
  const redis = redisAlone();
  let now: number;
  let opened: SigningKeys[];
  beforeEach(() => {
    now = START;
    opened = [];
  });
  afterEach(() => opened.forEach((one) => one.close()));

  /** As another API process would. */
  async function open(
    given: { redis?: Redis; rotationMs?: number; seal?: ReturnType<typeof sealWith> } = {},
  ): Promise<SigningKeys> {
    const { redis: connection = redis(), rotationMs = ROTATION_MS, seal = sealWith('k1') } = given;
    const made = await openSigningKeys({ redis: connection, seal, log, rotationMs, now: () => now });
    opened.push(made);
    return made;
  }

  const kidsOf = (all: SigningKeys) => all.jwks().keys.map(({ kid }) => kid);

  it('are there from the start, named by their thumbprint', async () => {
    const made = await open();
    const [published, ...others] = made.jwks().keys;
    expect(others).to.deep.equal([]);
    expect(published!.kid).to.equal(made.current().kid);
    expect(published!.kid).to.equal(await calculateJwkThumbprint({ ...published }));
    expect(published).to.include({ kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256' });
    expect(published).to.not.have.any.keys('d');
  });

  it('are one for all processes, also when those start at the same time', async () => {
    const processes = await Promise.all([open(), open(), open(), open()]);
    expect(new Set(processes.map((one) => one.current().kid)).size).to.equal(1);
    expect(await redis().hlen(keys.signingKeys)).to.equal(1);
    expect((await open()).current().kid).to.equal(processes[0].current().kid);
  });

  it('are encrypted in Redis, each for its own place', async () => {
    const made = await open();
    const stored = await redis().hgetall(keys.signingKeys);
    expect(Object.values(stored).join()).to.match(/^v1\.k1\./);
    await redis().hset(keys.signingKeys, '2', stored['1']!);
    await made.refresh();
    expect(kidsOf(made)).to.have.length(1);
  });

  it('are published before they sign and after, and removed then', async () => {
    const [ours, others] = [await open(), await open()];
    const first = ours.current().kid;

    now = START + ROTATION_MS - PUBLISHED_BEFORE_MS - MINUTE_MS;
    await ours.refresh();
    expect(kidsOf(ours)).to.deep.equal([first]);

    now = START + ROTATION_MS - PUBLISHED_BEFORE_MS;
    await Promise.all([ours.refresh(), others.refresh()]);
    const [, second] = kidsOf(ours);
    expect(kidsOf(ours)).to.deep.equal([first, second]);
    expect(kidsOf(others)).to.deep.equal([first, second]);
    expect(ours.current().kid).to.equal(first);

    now += PUBLISHED_BEFORE_MS;
    await Promise.all([ours.refresh(), others.refresh()]);
    expect([ours.current().kid, others.current().kid]).to.deep.equal([second, second]);
    expect(kidsOf(ours)).to.deep.equal([first, second]);

    now += PUBLISHED_AFTER_MS;
    await ours.refresh();
    await others.refresh();
    expect(kidsOf(others)).to.deep.equal([second]);
    expect(await redis().hkeys(keys.signingKeys)).to.deep.equal(['2']);
  });

  it('are published for as long before they sign when nobody ran at the time of rotation', async () => {
    const before = await open();
    const first = before.current().kid;
    before.close();
    now = START + ROTATION_MS + 20 * DAY_MS;
    const after = await open();
    expect(after.current().kid).to.equal(first);
    expect(kidsOf(after)).to.have.length(2);
    now += PUBLISHED_BEFORE_MS;
    await after.refresh();
    expect(after.current().kid).to.not.equal(first);
  });

  it('stay within their bound, whatever is rotated', async () => {
    const { entries, expiresMs } = keyDefinitions.signingKeys.bound;
    for (const rotationMs of [DAY_MS, 90 * DAY_MS]) {
      await redis().flushall();
      const made = await open({ rotationMs });
      const seen = new Set<string>();
      for (const end = now + 4 * rotationMs; now < end; now += rotationMs / 48) {
        await made.refresh();
        seen.add(made.current().kid);
        expect(await redis().hlen(keys.signingKeys)).to.be.at.most(entries!);
        expect(await redis().pttl(keys.signingKeys)).to.be.within(1, expiresMs!);
      }
      expect(seen.size).to.equal(4);
    }
  });

  it('are made anew when Redis has lost them, and everybody goes over to those', async () => {
    const [ours, others] = [await open(), await open()];
    const lost = ours.current().kid;
    await redis().flushall();
    await ours.refresh();
    expect(ours.current().kid).to.not.equal(lost);
    await others.refresh();
    expect(others.current().kid).to.equal(ours.current().kid);
    expect(kidsOf(others)).to.deep.equal([ours.current().kid]);
  });

  it('are kept while Redis cannot be reached', async () => {
    const server = await redisServer();
    const connection = connectForCommands(server.url);
    connection.on('error', () => undefined);
    try {
      await untilReady(connection, 50_000);
      const made = await open({ redis: connection });
      const { kid } = made.current();
      await server.kill();
      now += ROTATION_MS;
      expect(await made.refresh().catch((error: unknown) => error)).to.be.an('error');
      expect(made.current().kid).to.equal(kid);
      expect(kidsOf(made)).to.deep.equal([kid]);
    } finally {
      connection.disconnect();
      await server.stop();
    }
  });

  it('that were encrypted with a key which is gone are replaced', async () => {
    const before = await open({ seal: sealWith('k1') });
    const after = await open({ seal: sealWith('k2', 'k3') });
    expect(after.current().kid).to.not.equal(before.current().kid);
    now += PUBLISHED_AFTER_MS;
    await after.refresh();
    expect(await redis().hkeys(keys.signingKeys)).to.deep.equal(['2']);
  });

  it('that were encrypted with an older key of ours stay', async () => {
    const before = await open({ seal: sealWith('k1') });
    const after = await open({ seal: sealWith('k2', 'k1') });
    expect(after.current().kid).to.equal(before.current().kid);
  });
});
