/** The format of what is in Redis only rises; jobs say which version of their operation they need. */
import { expect } from 'chai';
import { keys } from '../../src/redis/keys.ts';
import { OWN_FORMATS, raiseFormats } from '../../src/redis/format.ts';
import { leaveNewer } from '../../src/imports/import-state.ts';
import { isKnown } from '../../src/relay/job-records.ts';
import { redisAlone } from '../support/redis-alone.ts';

describe('the format in Redis', () => {
  const redis = redisAlone();

  it('is at least that of each process that has started, and never falls', async () => {
    expect(await raiseFormats(redis(), { written: 1, readableFrom: 1 })).to.deep.equal({
      written: 1,
      readableFrom: 1,
    });
    expect(await raiseFormats(redis(), { written: 12, readableFrom: 9 })).to.deep.equal({
      written: 12,
      readableFrom: 9,
    });
    expect(await raiseFormats(redis(), { written: 11, readableFrom: 10 })).to.deep.equal({
      written: 12,
      readableFrom: 10,
    });
    expect(await raiseFormats(redis(), OWN_FORMATS)).to.deep.equal({ written: 12, readableFrom: 10 });
    expect(await redis().hgetall(keys.format)).to.deep.equal({ written: '12', readable_from: '10' });
  });

  it('of this release can be read by this release', () => {
    expect(OWN_FORMATS.readableFrom).to.be.at.most(OWN_FORMATS.written);
  });
});

describe('a job of another release', () => {
  it('is known by its operation, and by the version of it', () => {
    expect(isKnown(['operation', 'getUser', 'tenant', 'acme'])).to.equal(true);
    expect(isKnown(['operation', 'getUser', 'format', '1'])).to.equal(true);
    expect(isKnown(['operation', 'getUser', 'format', '2'])).to.equal(false);
    for (const unknown of ['mergeUsers', 'toString', '__proto__'])
      expect(isKnown(['operation', unknown]), unknown).to.equal(false);
  });

  it('is left to newer workers when it is an import', () => {
    expect(() => leaveNewer({ format: 1 })).to.not.throw();
    expect(() => leaveNewer({ format: 2 })).to.throw('a newer release made this import');
  });
});
