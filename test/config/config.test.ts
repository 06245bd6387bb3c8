import { expect } from 'chai';
import { readApiConfig, readWorkerConfig } from '../../src/config.ts';
import { ConfigFault } from '../../src/settings/setting.ts';

const good = {
  REDIS_URL: 'redis://127.0.0.1:6379',
  AUTHORITY_URL: 'https://example.eu.auth0.com',
  AUDIENCE: 'https://api.example.com/',
  HASH_KEY: Buffer.alloc(32, 2).toString('base64'),
  ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
};

describe('configuration', () => {
  it('refuses ranges of addresses that are none', () => {
    for (const wrong of ['10.0.0.0/8/9', 'localhost', '10.0.0.0/x', '']) {
      const METRICS_ALLOWED_ADDRESSES = `::1,${wrong}`;
      expect(faultOf(() => readApiConfig({ ...good, METRICS_ALLOWED_ADDRESSES }))).to.include('CIDR');
    }
  });

  it('names every fault at once', () => {
    const fault = faultOf(() => readApiConfig({ PORT: 'x', REDIS_URL: 'nowhere', HOST: 'example.com' }));
    expect(fault.split('\n').map((line) => line.split(' ')[0])).to.have.members([
      'REDIS_URL',
      'AUTHORITY_URL',
      'AUDIENCE',
      'ENCRYPTION_KEYS',
      'HASH_KEY',
      'PORT',
      'HOST',
    ]);
  });

  it('never repeats a value, which may be a secret', () => {
    const fault = faultOf(() => readWorkerConfig({ ...good, ENCRYPTION_KEYS: 'k1:hunter2' }));
    expect(fault).to.include('ENCRYPTION_KEYS').and.not.include('hunter2');
  });

  it('makes the issuer end with a slash and the audience without one', () => {
    const config = readApiConfig(good);
    expect(config.AUTHORITY_URL).to.equal('https://example.eu.auth0.com/');
    expect(config.AUDIENCE).to.equal('https://api.example.com');
  });

  it('takes the authority from AUTH0_DOMAIN when AUTHORITY_URL is not set', () => {
    const config = readApiConfig({ ...good, AUTHORITY_URL: undefined, AUTH0_DOMAIN: 'example.us.auth0.com' });
    expect(config.AUTHORITY_URL).to.equal('https://example.us.auth0.com/');
  });

  it('refuses the example key', () => {
    expect(
      faultOf(() => readApiConfig({ ...good, ENCRYPTION_KEYS: 'k1:REPLACE-BY-openssl-rand--base64-32' })),
    ).to.include('32 bytes');
  });

  it('reads plans by name and by numbers', () => {
    const worker = { ...good, AUTH0_CLIENT_ID: 'id', AUTH0_CLIENT_SECRET: 'secret' };
    expect(readWorkerConfig({ ...worker, AUTH0_PLAN: 'enterprise' }).AUTH0_PLAN).to.deep.equal({
      all: { burst: 50, perSecond: 16, stepMs: 1 },
    });
    expect(readWorkerConfig({ ...worker, AUTH0_PLAN: '7,2.5' }).AUTH0_PLAN).to.deep.equal({
      all: { burst: 7, perSecond: 2.5, stepMs: 1 },
    });
    const selfService = readWorkerConfig({ ...worker, AUTH0_PLAN: 'self-service' }).AUTH0_PLAN;
    expect(selfService).to.have.nested.property('groups.users_write.burst', 20);
    expect(faultOf(() => readWorkerConfig({ ...worker, AUTH0_PLAN: 'toString' }))).to.include('AUTH0_PLAN');
  });
});

function faultOf(read: () => unknown): string {
  try {
    read();
  } catch (fault) {
    expect(fault).to.be.instanceOf(ConfigFault);
    return (fault as ConfigFault).message;
  }
  throw new Error('no fault');
}
