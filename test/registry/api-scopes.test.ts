/** What is known of the API's scopes at the authority, for all processes together. */
import { expect } from 'chai';
import { ApiScopesStore } from '../../src/registry/api-scopes.ts';
import { followApiScopes } from '../../src/registry/known-api-scopes.ts';
import { startAnswering, type AnsweringAuthority } from '../auth0/answering.ts';
import { redisAlone } from '../support/redis-alone.ts';

const AUDIENCE = 'https://api.acme.example';

describe('scopes of the API', () => {
  const redis = redisAlone();
  let authority: AnsweringAuthority;
  let there: string[];
  before(async () => {
    authority = await startAnswering();
    authority.answer = () => ({ status: 200, body: { scopes: there.map((value) => ({ value })) } });
  });
  beforeEach(() => {
    there = ['read:users'];
    authority.received.length = 0;
  });
  after(() => authority.close());

  const store = (onGained?: (scopes: readonly string[]) => Promise<void>) =>
    new ApiScopesStore(redis(), AUDIENCE, onGained);
  const worker = (apiScopes = store()) => authority.management({ apiScopes });

  it('are read once for all workers and grants, and again before one is refused', async () => {
    const workers = [worker(), worker()];
    for (const one of [...workers, ...workers])
      expect(await one.missingScopes(AUDIENCE, ['read:users'])).to.deep.equal([]);
    expect(authority.received).to.have.length(1);
    there.push('create:users');
    expect(await workers[1]!.missingScopes(AUDIENCE, ['create:users', 'x'])).to.deep.equal(['x']);
    expect(authority.received).to.have.length(2);
    expect(await workers[0]!.missingScopes(AUDIENCE, ['create:users'])).to.deep.equal([]);
    expect(authority.received).to.have.length(2);
  });

  it('are known to each process, and all of them count as there while they are not', async () => {
    const known = await followApiScopes(store());
    try {
      const asked = ['read:users', 'create:users'];
      expect([known.existing(asked), known.missing(asked)]).to.deep.equal([asked, undefined]);
      await worker().readApiScopes(AUDIENCE);
      await known.refresh();
      expect([known.existing(asked), known.missing(asked)]).to.deep.equal([['read:users'], ['create:users']]);
    } finally {
      known.close();
    }
  });

  it('may be none at all, which is not the same as unknown', async () => {
    there = [];
    expect(await worker().missingScopes(AUDIENCE, ['x'])).to.deep.equal(['x']);
    expect((await store().read()).scopes).to.deep.equal(new Set());
  });

  it('are those of this API only', async () => {
    await worker().readApiScopes(AUDIENCE);
    const other = new ApiScopesStore(redis(), 'https://other.example');
    expect(await other.read()).to.deep.include({ scopes: undefined, readAt: undefined });
    await other.keep('https://third.example', new Set(['x']), other.now());
    expect((await store().read()).scopes).to.deep.equal(new Set(['read:users']));
  });

  it('that may not be read are unknown, and so are those of an API that is not there', async () => {
    for (const status of [403, 404]) {
      authority.answer = () => ({ status, body: { statusCode: status, errorCode: 'x', message: 'x' } });
      expect(await worker().missingScopes(AUDIENCE, ['x'])).to.deep.equal([]);
      const { scopes, readAt } = await store().read();
      expect([scopes, typeof readAt]).to.deep.equal([undefined, 'number']);
      await redis().flushall();
    }
    authority.answer = () => ({ status: 200, body: { scopes: there.map((value) => ({ value })) } });
  });

  it('that were gained are told, but for what was not known before, and a reading that comes late is dropped', async () => {
    const gained: string[][] = [];
    const telling = store((scopes) => {
      gained.push([...scopes]);
      return Promise.resolve();
    });
    const now = telling.now();
    await telling.keep(AUDIENCE, new Set(['a']), now);
    await telling.keep(AUDIENCE, new Set(['a', 'b']), now + 2);
    await telling.keep(AUDIENCE, new Set(['a']), now + 1);
    expect([gained, (await telling.read()).scopes]).to.deep.equal([[['b']], new Set(['a', 'b'])]);
  });

  it('are read by one worker at a time', async () => {
    const turns = await Promise.all([1, 2, 3].map(() => store().takeTurn(60_000)));
    expect(turns.filter(Boolean)).to.have.length(1);
  });
});
