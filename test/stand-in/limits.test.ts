import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import type { LogEvent } from '../../src/stand-in/store/records.ts';
import { TokenBucket } from '../../src/stand-in/limits/token-bucket.ts';
import { callManagement, operatorToken, startStandIn } from './account.ts';

describe('stand-in: limits', () => {
  describe('token bucket (Auth0 docs, "Rate limit policy")', () => {
    it('allows its size at once, then what is refilled by the millisecond', () => {
      let time = 1_000_000;
      const bucket = new TokenBucket({ burst: 3, refill: 2, per: 'second' }, () => time);
      const take = () => bucket.take().allowed;
      expect([take(), take(), take(), take()]).to.deep.equal([true, true, true, false]);
      time += 499;
      expect(take()).to.equal(false);
      time += 1;
      expect([take(), take()]).to.deep.equal([true, false]);
      time += 60_000;
      expect([take(), take(), take(), take()]).to.deep.equal([true, true, true, false]);
    });

    it('says when the next token comes, in seconds, not when it is full ("Rate limit use cases")', () => {
      const bucket = new TokenBucket({ burst: 10, refill: 0.1, per: 'second' }, () => 1_000_000);
      for (let taken = 0; taken < 9; taken += 1) bucket.take();
      expect(bucket.take()).to.deep.equal({
        allowed: true,
        limit: 10,
        remaining: 0,
        resetAt: 1_010,
        warns: false,
      });
    });
  });

  describe('Management API', () => {
    let standIn: StandIn;
    let time = 1_800_000_000_000;

    before(async () => {
      standIn = await startStandIn({ plan: '3,1', now: () => time });
    });
    after(() => standIn.close());

    it('counts down in headers on every answer, answers 429 (public reports), logs api_limit, and goes on', async () => {
      const token = await operatorToken(standIn);
      const call = (path = 'users') => callManagement(standIn, token, 'GET', path);
      const first = await call();
      expect(first.status).to.equal(200);
      expect(first.headers.get('x-ratelimit-limit')).to.equal('3');
      expect(first.headers.get('x-ratelimit-remaining')).to.equal('2');
      expect(first.headers.get('x-ratelimit-reset')).to.equal(String(time / 1000 + 1));
      expect((await call('no-such-route')).headers.get('x-ratelimit-remaining')).to.equal('1');
      expect((await call()).status).to.equal(200);
      const refused = await call();
      expect(refused.status).to.equal(429);
      expect(refused.headers.get('x-ratelimit-remaining')).to.equal('0');
      expect(refused.body).to.deep.equal({
        statusCode: 429,
        error: 'Too Many Requests',
        message: 'Global limit has been reached',
        errorCode: 'too_many_requests',
      });
      time += 1_000;
      const logs = await callManagement<LogEvent[]>(standIn, token, 'GET', 'logs?q=type:api_limit');
      expect(logs.status).to.equal(200);
      expect(logs.body).to.have.length(1);
    });
  });

  it('without limits says nothing about them', async () => {
    const standIn = await startStandIn();
    try {
      const answer = await callManagement(standIn, await operatorToken(standIn), 'GET', 'users');
      expect(answer.headers.has('x-ratelimit-limit')).to.equal(false);
    } finally {
      await standIn.close();
    }
  });

  it('can be as slow as a far-away authority', async () => {
    const standIn = await startStandIn({ latency: { minMs: 60, maxMs: 80 } });
    try {
      const token = await operatorToken(standIn);
      const begun = performance.now();
      await callManagement(standIn, token, 'GET', 'users');
      expect(performance.now() - begun).to.be.at.least(59);
    } finally {
      await standIn.close();
    }
  });
});
