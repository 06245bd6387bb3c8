/** When workers read the scopes of the API at the authority, counted there. */
import { expect } from 'chai';
import { pino } from 'pino';
import { loadGateway } from '../../src/gateway/load-gateway.ts';
import { ApiScopesStore } from '../../src/registry/api-scopes.ts';
import type { KnownApiScopes } from '../../src/registry/known-api-scopes.ts';
import { startApiScopesReader } from '../../workers/api-scopes-reader.ts';
import { startAnswering, type AnsweringAuthority } from '../auth0/answering.ts';
import { until } from '../support/api-keys.ts';
import { redisAlone } from '../support/redis-alone.ts';

const AUDIENCE = 'https://api.acme.example';
const GAP_MS = 1_000;
const NEVER_MS = 3_600_000;

describe('the reading of scopes', () => {
  const redis = redisAlone();
  let gateway = loadGateway(undefined);
  let authority: AnsweringAuthority;
  let there: readonly string[];
  let lines: string[];
  let readers: KnownApiScopes[];
  before(async () => (authority = await startAnswering()));
  beforeEach(() => {
    [there, lines, readers] = [gateway.contract.scopes, [], []];
    authority.received.length = 0;
    authority.answer = () => ({ status: 200, body: { scopes: there.map((value) => ({ value })) } });
  });
  afterEach(() => readers.forEach((reader) => reader.close()));
  after(() => authority.close());

  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) });
  const store = () => new ApiScopesStore(redis(), AUDIENCE);
  const readings = () => authority.received.length;
  async function startReaders(missingEveryMs = NEVER_MS): Promise<void> {
    for (let worker = 0; worker < 2; worker += 1) {
      const management = authority.management({ apiScopes: store() });
      readers.push(
        await startApiScopesReader({
          store: store(),
          readNow: () => management.readApiScopes(AUDIENCE),
          gateway: () => gateway,
          missingEveryMs,
          everyMs: NEVER_MS,
          minGapMs: GAP_MS,
          log,
        }),
      );
    }
  }
  const refresh = async () => void (await Promise.all(readers.map((reader) => reader.refresh())));
  /** Lets the readers look, often, until it is so. */
  const looking = (isSo: () => boolean | Promise<boolean>) =>
    until(async () => {
      await refresh();
      return isSo();
    });
  /** For longer than the time between readings. */
  async function lookLong(): Promise<void> {
    const since = performance.now();
    await looking(() => performance.now() - since > 2 * GAP_MS);
  }

  it('is done at the start, for two workers together, and not again without a reason', async () => {
    await startReaders();
    await looking(async () => {
      const { readAt = 0, askedAt = 0 } = await store().read();
      return readAt > askedAt;
    });
    const before = readings();
    expect(before).to.be.within(1, 2);
    await lookLong();
    expect(readings()).to.equal(before);
    expect(lines).to.deep.equal([]);
  });

  it('is done when a process asks, but no more often than the gap allows', async () => {
    await startReaders();
    await looking(() => readings() > 0);
    const since = performance.now();
    authority.received.length = 0;
    await looking(async () => {
      await store().ask();
      return readings() >= 5;
    });
    expect(readings()).to.be.at.most(2 + (performance.now() - since) / GAP_MS);
  });

  it('is done now and then while a scope is missing, and when the contract has become another', async () => {
    there = there.filter((scope) => scope !== 'read:users');
    await startReaders(GAP_MS);
    await looking(() => readings() >= 4);
    expect(lines.filter((line) => line.includes('lacks the scope read:users'))).to.have.length(2);
    there = gateway.contract.scopes;
    await looking(() => lines.filter((line) => line.includes('has these scopes now')).length === 2);
    await lookLong();
    const before = readings();
    await lookLong();
    expect(readings()).to.equal(before);
    gateway = loadGateway(undefined);
    await looking(() => readings() > before);
  });

  it('that fails is tried again, after a pause', async () => {
    authority.answer = () => ({ status: 503, body: {} });
    await startReaders(GAP_MS);
    await looking(() => lines.some((line) => line.includes('could not be read')));
    authority.answer = () => ({ status: 200, body: { scopes: there.map((value) => ({ value })) } });
    await looking(() => readers[0]!.missing(there)?.length === 0);
  });
});
