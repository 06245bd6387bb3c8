import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readApiConfig, readWorkerConfig } from '../../src/config.ts';
import { parseRedisUrl } from '../../src/settings/redis-url.ts';
import { secretKey } from '../../src/settings/secret-key.ts';
import { settingWarnings } from '../../src/settings/setting-warnings.ts';
import { ConfigFault } from '../../src/settings/setting.ts';
import { NO_RANGES } from '../support/no-ranges.ts';

/** 32 bytes that look random, the same at each run. */
const keyOf = (seed: string) => createHash('sha256').update(seed).digest();
const base64 = (bytes: Uint8Array | readonly number[]) => Buffer.from(bytes).toString('base64');
const rsaKey = (modulusLength: number) =>
  generateKeyPairSync('rsa', { modulusLength })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
const sequence = (byte: (index: number) => number) =>
  Array.from({ length: 32 }, (_, index) => byte(index) % 256);

const good = {
  REDIS_URL: 'redis://127.0.0.1:6379',
  AUTHORITY_URL: 'https://example.eu.auth0.com',
  AUDIENCE: 'https://api.example.com/',
  HASH_KEY: base64(keyOf('hash')),
  ENCRYPTION_KEYS: `k1:${base64(keyOf('encryption'))}`,
};

describe('configuration', () => {
  it('refuses ranges of addresses that are none', () => {
    // Spaces around one are no part of it.
    for (const [wrong, why] of NO_RANGES.filter(([text]) => text.trim() === '' || text.trim() === text)) {
      const METRICS_ALLOWED_ADDRESSES = `::1,${wrong}`;
      const fault = faultOf(() => readApiConfig({ ...good, METRICS_ALLOWED_ADDRESSES }));
      expect(fault, why).to.match(/^METRICS_ALLOWED_ADDRESSES must be .* CIDR .*: number 2 is neither$/);
    }
  });

  it('reads how tenants are kept apart; left out, each has its own', () => {
    expect(readApiConfig(good)).to.not.have.any.keys('SHARED_DATABASE', 'TENANT_DATABASES');
    expect(readApiConfig(good)).to.deep.include({
      TENANT_WEB_APPS: ['shared', 'own'],
      WEB_APP_CLIENT_IDS: [],
      WEB_APP_ORIGINS: [],
    });
    const set = {
      SHARED_DATABASE: 'Our-users',
      TENANT_DATABASES: 'own, shared',
      TENANT_WEB_APPS: 'shared',
      WEB_APP_CLIENT_IDS: 'v1, v2',
      WEB_APP_ORIGINS: 'https://app.example.com, http://localhost:5173',
    };
    expect(readApiConfig({ ...good, ...set })).to.deep.include({
      SHARED_DATABASE: 'Our-users',
      TENANT_DATABASES: ['own', 'shared'],
      TENANT_WEB_APPS: ['shared'],
      WEB_APP_CLIENT_IDS: ['v1', 'v2'],
      WEB_APP_ORIGINS: ['https://app.example.com', 'http://localhost:5173'],
    });
    const worker = { ...good, AUTH0_CLIENT_ID: 'id', AUTH0_CLIENT_SECRET: 'secret' };
    expect(readWorkerConfig(worker).TENANT_SETTINGS_DATABASE).to.equal('trivium-tenants');
  });

  const wrongTenancy: [name: string, text: string][] = [
    ['SHARED_DATABASE', 'our users'],
    ['SHARED_DATABASE', '-users'],
    ['SHARED_DATABASE', 'a'.repeat(129)],
    ['TENANT_DATABASES', 'shared,both'],
    ['TENANT_DATABASES', ','],
    ['TENANT_WEB_APPS', 'none'],
    ['CONSOLE_CLIENT_ID', 'one,two'],
    ['OPERATORS_FROM', 'operators'],
    ['OPERATORS_FROM', 'connection:our operators'],
    ['OPERATORS_FROM', 'organization:operators'],
    ['WEB_APP_ORIGINS', 'https://app.example.com/'],
    ['WEB_APP_ORIGINS', 'https://App.example.com'],
    ['WEB_APP_ORIGINS', 'https://app.example.com:443'],
    ['WEB_APP_ORIGINS', 'http://app.example.com'],
    ['WEB_APP_ORIGINS', 'https://*.example.com'],
    ['WEB_APP_ORIGINS', 'https://app.example.com,'],
    ['WEB_APP_ORIGINS', '*'],
    ['WEB_APP_ORIGINS', 'null'],
  ];
  for (const [name, text] of wrongTenancy)
    it(`refuses ${name}=${text.slice(0, 40)}`, () => {
      expect(faultOf(() => readApiConfig({ ...good, [name]: text }))).to.match(
        new RegExp(`^${name} must be `),
      );
    });

  const contradicting: [what: string, given: Record<string, string>, fault: RegExp][] = [
    [
      'a shared database that keeps settings',
      { SHARED_DATABASE: 'trivium-tenants' },
      /^SHARED_DATABASE is also TENANT_SETTINGS_DATABASE/,
    ],
    [
      'the same in another spelling',
      { SHARED_DATABASE: 'Users', TENANT_SETTINGS_DATABASE: 'users' },
      /^SHARED_DATABASE is also TENANT_SETTINGS_DATABASE/,
    ],
    [
      'operators and no console',
      { OPERATORS_FROM: 'connection:operators' },
      /^OPERATORS_FROM is set and CONSOLE_CLIENT_ID is not/,
    ],
    [
      "operators among tenants' users",
      { OPERATORS_FROM: 'connection:Users', CONSOLE_CLIENT_ID: 'console', SHARED_DATABASE: 'users' },
      /^OPERATORS_FROM names SHARED_DATABASE/,
    ],
    [
      'a console that is the web app',
      { CONSOLE_CLIENT_ID: 'v1', WEB_APP_CLIENT_IDS: 'v1' },
      /^CONSOLE_CLIENT_ID is also in/,
    ],
    [
      'a console that is an operator client',
      { CONSOLE_CLIENT_ID: 'ops', OPERATOR_CLIENT_IDS: 'ops' },
      /^CONSOLE_CLIENT_ID is also in/,
    ],
    [
      'an operator client as the web app',
      { OPERATOR_CLIENT_IDS: 'ops,both', WEB_APP_CLIENT_IDS: 'v1,both' },
      /^WEB_APP_CLIENT_IDS names a client of OPERATOR_CLIENT_IDS/,
    ],
    ['shared web apps only, and none', { TENANT_WEB_APPS: 'shared' }, /^TENANT_WEB_APPS allows shared/],
    ['pages of no web app', { WEB_APP_ORIGINS: 'https://app.example' }, /^WEB_APP_ORIGINS has pages/],
  ];
  for (const [what, given, fault] of contradicting)
    it(`refuses settings that cannot all be meant: ${what}`, () => {
      expect(faultOf(() => readApiConfig({ ...good, ...given }))).to.match(fault);
    });

  /** Whoever reads the fault, or a log, must not come to know it. */
  const PASSWORD = 'Sw0rdfish';
  const wrongRedis: [what: string, url: string][] = [
    ['a # in the password', `redis://:${PASSWORD}#1@redis.example:6379`],
    ['a / in the password', `redis://user:${PASSWORD}/1@redis.example:6379/0`],
    ['a ? in the password', `redis://user:${PASSWORD}?1@redis.example:6379`],
    ['a % in the password', `redis://user:${PASSWORD}%1@redis.example:6379`],
    ['a % in the user name', `redis://us%er:${PASSWORD}@redis.example:6379`],
    ['a password of digits and a #', `redis://user:123#${PASSWORD}@redis.example`],
    ['a password of digits and a /', `redis://user:123/${PASSWORD}@redis.example:6379/0`],
    ['a password of digits and a ?', `redis://user:123?${PASSWORD}@redis.example:6379/0`],
    ['a [ in the password', `redis://user:${PASSWORD}[/@redis.example`],
    ['a port that is none', `redis://user:${PASSWORD}@redis.example:redis`],
    ['a database that is none', `redis://user:${PASSWORD}@redis.example/main`],
    ['no host', `redis://user:${PASSWORD}@`],
    ['another scheme', `http://user:${PASSWORD}@redis.example`],
    ['no scheme', `user:${PASSWORD}@redis.example:6379`],
    ['a fragment', `redis://user:${PASSWORD}@redis.example#a`],
    ['options of the library', `redis://user:${PASSWORD}@redis.example?enableReadyCheck=false`],
    ['a socket without a path', `unix://${PASSWORD}`],
  ];
  for (const [what, REDIS_URL] of wrongRedis) {
    it(`refuses REDIS_URL with ${what}, and does not repeat it`, () => {
      for (const read of [readApiConfig, readWorkerConfig]) {
        const fault = faultOf(() => read({ ...good, REDIS_URL }));
        expect(fault).to.match(/^REDIS_URL must be redis:.*percent-encoded/m);
        for (const part of [PASSWORD, 'redis.example', '123']) expect(fault).to.not.contain(part);
      }
    });
  }

  it('takes REDIS_URL in each form that it has', () => {
    for (const REDIS_URL of [
      'redis://redis.example',
      'redis://redis.example:6380/',
      'rediss://redis.example:6380/15',
      'redis://[::1]:6379/2',
      `redis://:${encodeURIComponent(`${PASSWORD}#/?%@[:`)}@redis.example`,
      `redis://user:${PASSWORD}@127.0.0.1:6379?family=6`,
      'unix:///run/redis/redis.sock',
      'unix:///run/redis/redis.sock?db=2',
    ])
      expect(readApiConfig({ ...good, REDIS_URL }).REDIS_URL).to.equal(REDIS_URL);
  });

  const wrongWithRedis: [given: Record<string, string>, fault: RegExp][] = [
    [{ REDIS_URL: 'redis://a,b' }, /^REDIS_URL must be redis:/],
    [{ REDIS_URL: 'redis-sentinel://a:26379' }, /^REDIS_URL must be redis:/],
    [{ REDIS_URL: 'redis-sentinel://a:x/main' }, /^REDIS_URL must be redis:/],
    [{ REDIS_URL: 'redis-cluster://a/1' }, /^REDIS_URL must be redis:/],
    [{ REDIS_URL: 'redis-cluster://a,,b' }, /^REDIS_URL must be redis:/],
    [{ REDIS_URL: 'redis://:pw@a', REDIS_PASSWORD: 'pw' }, /^REDIS_PASSWORD is set, and REDIS_URL has cred/],
    [{ REDIS_SENTINEL_PASSWORD: 'pw' }, /^REDIS_SENTINEL_PASSWORD is set, and REDIS_URL names no sentinels/],
    [{ REDIS_TLS_SERVER_NAME: 'a' }, /^REDIS_TLS_SERVER_NAME is set, and REDIS_URL does not use TLS/],
    [{ REDIS_TLS_CA_FILE: '/nowhere' }, /^REDIS_TLS_CA_FILE names a file that cannot be read \(ENOENT\)/],
    [{ REDIS_TLS_CA_FILE: 'package.json' }, /^REDIS_TLS_CA_FILE must name a file with certificates \(PEM\)/],
    [{ REDIS_TLS_KEY_FILE: 'package.json' }, /^REDIS_TLS_KEY_FILE must name a file with an unencrypted priv/],
    [{ REDIS_URL_FILE: '/nowhere' }, /^REDIS_URL and REDIS_URL_FILE are both set: give it in one place/],
    [{ REDIS_PASSWORD_FILE: '/nowhere' }, /^REDIS_PASSWORD \(REDIS_PASSWORD_FILE\) names a file that cannot/],
  ];
  for (const [given, fault] of wrongWithRedis)
    it(`refuses for Redis: ${JSON.stringify(given)}`, () => {
      expect(faultOf(() => readApiConfig({ ...good, ...given }))).to.match(fault);
    });

  it('takes sentinels, a cluster, and secrets as files', () => {
    for (const REDIS_URL of [
      'redis-sentinel://a.example,b.example:26380,[::1]:26381/main-1?db=2',
      `rediss-sentinel://user:${PASSWORD}@a.example/main`,
      'redis-cluster://a.example:7000,b.example:7001',
      `rediss-cluster://:${encodeURIComponent('@:/,#')}@a.example`,
    ])
      expect(readApiConfig({ ...good, REDIS_URL }).REDIS_URL).to.equal(REDIS_URL);
    expect(parseRedisUrl('redis-sentinel://u:p%40,@[::1],b:1/main?db=2')).to.deep.equal({
      kind: 'sentinel',
      isTls: false,
      nodes: [
        { host: '::1', port: 26379 },
        { host: 'b', port: 1 },
      ],
      username: 'u',
      password: 'p@,',
      group: 'main',
      database: 2,
    });
    const folder = mkdtempSync(join(tmpdir(), 'trivium-settings-'));
    try {
      const REDIS_PASSWORD_FILE = join(folder, 'password');
      writeFileSync(REDIS_PASSWORD_FILE, `${PASSWORD}\n`);
      expect(readApiConfig({ ...good, REDIS_PASSWORD_FILE }).REDIS_PASSWORD).to.equal(PASSWORD);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses other addresses with a password, and does not repeat it', () => {
    for (const name of ['AUTHORITY_URL', 'AUDIENCE', 'PUBLIC_URL']) {
      const fault = faultOf(() => readApiConfig({ ...good, [name]: `https://user:${PASSWORD}@api.example` }));
      expect(fault).to.match(new RegExp(`^${name} must be a URL without user name and password$`));
    }
    const fault = faultOf(() =>
      readApiConfig({ ...good, AUTHORITY_URL: '', AUTH0_DOMAIN: `user:${PASSWORD}@api.example` }),
    );
    expect(fault)
      .to.match(/^AUTHORITY_URL /)
      .and.not.contain(PASSWORD);
  });

  it('shows the metrics to nobody who was not named', () => {
    expect(readApiConfig(good).METRICS_ALLOWED_ADDRESSES).to.deep.equal([]);
    const named = readApiConfig({ ...good, METRICS_ALLOWED_ADDRESSES: '127.0.0.1, ::1' });
    expect(named.METRICS_ALLOWED_ADDRESSES).to.have.length(2);
  });

  it('takes redirect URIs of programs as exceptions, and nothing that a browser opens itself', () => {
    const read = (REDIRECT_URI_EXCEPTIONS?: string) =>
      readApiConfig({ ...good, REDIRECT_URI_EXCEPTIONS }).REDIRECT_URI_EXCEPTIONS;
    expect(read()).to.deep.equal([]);
    expect(read(' - ')).to.deep.equal([]);
    expect(read('cursor://a/b, myapp:/done')).to.deep.equal(['cursor://a/b', 'myapp:/done']);
    for (const wrong of [
      'https://app.example/',
      'http://app.example/',
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///x',
      'cursor',
      'cursor://*',
      'cursor://a#b',
      '',
      '-',
    ])
      expect(
        faultOf(() => read(`cursor://a/b,${wrong}`)),
        wrong,
      ).to.match(/^REDIRECT_URI_EXCEPTIONS must be .*: number 2 is not$/);
  });

  it('warns of an audience that is not the public address', () => {
    const warned = (AUDIENCE: string, PUBLIC_URL: string) => {
      const config = readApiConfig({ ...good, AUDIENCE, PUBLIC_URL });
      return settingWarnings(config, config.PUBLIC_URL!);
    };
    expect(warned('https://api.example.com', 'https://api.example.com/')).to.deep.equal([]);
    for (const other of ['https://example.com', 'http://api.example.com', 'https://api.example.com/v1']) {
      const [warning, ...more] = warned(other, 'https://api.example.com');
      expect(warning).to.include(`AUDIENCE (${other}) differs from PUBLIC_URL (https://api.example.com)`);
      expect(more).to.deep.equal([]);
    }
  });

  const incomplete: [set: Record<string, string>, warnings: RegExp[]][] = [
    [{}, []],
    [{ SHARED_DATABASE: 'users', WEB_APP_CLIENT_IDS: 'v1', WEB_APP_ORIGINS: 'https://a.example' }, []],
    [{ TENANT_DATABASES: 'own,shared', TENANT_WEB_APPS: 'own' }, []],
    [{ WEB_APP_CLIENT_IDS: 'v1' }, [/^WEB_APP_CLIENT_IDS is set and WEB_APP_ORIGINS is not/]],
    [{ TENANT_DATABASES: 'shared' }, [/^TENANT_DATABASES begins with/]],
  ];
  for (const [set, warnings] of incomplete)
    it(`warns of what tenants cannot share: ${JSON.stringify(set)}`, () => {
      const config = readApiConfig({ ...good, ...set });
      const warned = settingWarnings(config, config.AUDIENCE);
      expect(warned).to.have.lengthOf(warnings.length);
      warnings.forEach((warning, index) => expect(warned[index]).to.match(warning));
    });

  const forDevelopment: [string, string][] = [
    ['WEBHOOKS_TO_LOOPBACK', 'true'],
    ['METADATA_DOCUMENTS', 'loopback'],
  ];
  for (const [name, value] of forDevelopment) {
    it(`allows ${name}=${value} in development only`, () => {
      for (const NODE_ENV of [undefined, '', 'production', 'prod', 'staging', 'test', 'Development', 'dev'])
        expect(
          faultOf(() => readApiConfig({ ...good, NODE_ENV, [name]: value })),
          String(NODE_ENV),
        ).to.match(new RegExp(`^${name} .*NODE_ENV=development`));
      expect(() => readApiConfig({ ...good, NODE_ENV: 'development', [name]: value })).to.not.throw();
    });
  }

  const weak: [string, string][] = [
    ['zeros', base64(Buffer.alloc(32))],
    ['ones', base64(Buffer.alloc(32, 0xff))],
    ['one byte over and over', base64(Buffer.alloc(32, 0x5a))],
    ['two bytes in turn', base64(sequence((index) => (index % 2 ? 0x12 : 0xed)))],
    ['few different bytes', base64(sequence((index) => (index * index) % 15))],
    ['sixteen bytes, twice', base64([...keyOf('half').subarray(0, 16), ...keyOf('half').subarray(0, 16)])],
    [
      '24 bytes and their beginning',
      base64([...keyOf('part').subarray(0, 24), ...keyOf('part').subarray(0, 8)]),
    ],
    ['counting up', base64(sequence((index) => index))],
    ['counting down', base64(sequence((index) => 255 - index))],
    ['counting in steps', base64(sequence((index) => 3 + index * 7))],
    ['a sentence', base64(Buffer.from('correct horse battery staple 123'))],
    ['sixteen bytes in hexadecimal', base64(Buffer.from(keyOf('hex').toString('hex').slice(0, 32)))],
    ['random bytes, filled up with zeros', base64([...keyOf('short').subarray(0, 24), ...Buffer.alloc(8)])],
    ['16 bytes', base64(keyOf('16').subarray(0, 16))],
    ['31 bytes', base64(keyOf('31').subarray(0, 31))],
    ['33 bytes', base64([...keyOf('33'), 7])],
    ['64 bytes', base64([...keyOf('a'), ...keyOf('b')])],
    ['hexadecimal', keyOf('hexadecimal').toString('hex')],
    ['something that is no base64 inside', `!!${base64(keyOf('inside'))}`],
    ['the example', 'REPLACE-BY-openssl-rand--base64-32'],
    ['a word', 'secret'],
  ];
  for (const [what, key] of weak) {
    it(`refuses ${what} as a key, and says how to make one`, () => {
      const environments = { HASH_KEY: key, ENCRYPTION_KEYS: `k2:${base64(keyOf('new'))},k1:${key}` };
      for (const [name, value] of Object.entries(environments)) {
        const fault = faultOf(() => readApiConfig({ ...good, NODE_ENV: 'development', [name]: value }));
        expect(fault)
          .to.match(new RegExp(`^${name} .*openssl rand -base64 32`))
          .and.not.include(key);
      }
    });
  }

  it('takes 10,000 random keys, with and without padding, in both alphabets', () => {
    for (let i = 0; i < 10_000; i += 1) {
      const key = keyOf(String(i));
      for (const HASH_KEY of [base64(key), key.toString('base64url')])
        expect(secretKey(HASH_KEY).equals(key)).to.equal(true);
    }
  });

  it('refuses what still stands there as in the example', () => {
    const fault = faultOf(() =>
      readWorkerConfig({
        ...good,
        AUTH0_CLIENT_ID: 'your-client-id',
        AUTH0_CLIENT_SECRET: 'your-client-secret',
      }),
    );
    expect(fault.split('\n').map((line) => line.split(' ')[0])).to.deep.equal([
      'AUTH0_CLIENT_ID',
      'AUTH0_CLIENT_SECRET',
    ]);
    expect(fault).to.not.include('your-client-secret');
  });

  it('takes a private key or a secret for the workers, and quotes neither', () => {
    const folder = mkdtempSync(join(tmpdir(), 'trivium-key-'));
    const keys = { 'fit.pem': rsaKey(2048), 'short.pem': rsaKey(1024), 'none.pem': 'no key at all' };
    for (const [name, pem] of Object.entries(keys)) writeFileSync(join(folder, name), pem);
    const withKey = (name: string, more = {}) => ({
      ...good,
      AUTH0_CLIENT_ID: 'id',
      AUTH0_PRIVATE_KEY_FILE: join(folder, name),
      ...more,
    });
    try {
      expect(readWorkerConfig(withKey('fit.pem')).AUTH0_PRIVATE_KEY_FILE?.type).to.equal('private');
      for (const name of ['short.pem', 'none.pem', 'missing.pem']) {
        const fault = faultOf(() => readWorkerConfig(withKey(name)));
        expect(fault, name).to.match(/^AUTH0_PRIVATE_KEY_FILE (must name|names) a file/);
        expect(fault).to.not.include('no key at all');
      }
      const both = withKey('fit.pem', { AUTH0_CLIENT_SECRET: 'secret' });
      expect(faultOf(() => readWorkerConfig(both))).to.include('both set');
      expect(faultOf(() => readWorkerConfig({ ...good, AUTH0_CLIENT_ID: 'id' }))).to.equal(
        'AUTH0_CLIENT_SECRET or AUTH0_PRIVATE_KEY_FILE is missing: one of them proves the client',
      );
    } finally {
      rmSync(folder, { recursive: true });
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

  it('refuses two keys with one id: the first would open nothing any more', () => {
    const [first, second, other] = ['a', 'b', 'c'].map((seed) => base64(keyOf(seed)));
    for (const ENCRYPTION_KEYS of [
      `k1:${first},k1:${second}`,
      `k1:${first},k2:${other},k1:${second}`,
      `k1:${first}, k1:${first}`,
    ])
      expect(faultOf(() => readApiConfig({ ...good, ENCRYPTION_KEYS }))).to.equal(
        'ENCRYPTION_KEYS has two keys with the id k1',
      );
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
    expect(readWorkerConfig({ ...worker, AUTH0_PLAN: 'enterprise' }).AUTH0_PLAN)
      .to.have.property('all')
      .that.deep.equals({ burst: 50, perSecond: 16, stepMs: 1 });
    expect(readWorkerConfig({ ...worker, AUTH0_PLAN: '7,2.5' }).AUTH0_PLAN).to.deep.equal({
      all: { burst: 7, perSecond: 2.5, stepMs: 1 },
    });
    const selfService = readWorkerConfig({ ...worker, AUTH0_PLAN: 'self-service' }).AUTH0_PLAN;
    expect(selfService).to.have.nested.property('groups.users_write.burst', 20);
    expect(faultOf(() => readWorkerConfig({ ...worker, AUTH0_PLAN: 'toString' }))).to.include('AUTH0_PLAN');
  });

  it('reads a custom domain as a name and nothing else', () => {
    const worker = { ...good, AUTH0_CLIENT_ID: 'id', AUTH0_CLIENT_SECRET: 'secret' };
    const domains = [
      'https://login.example.com',
      'login.example.com/',
      'login.example.com:443',
      'a b',
      'me@x.example',
    ];
    for (const AUTH0_CUSTOM_DOMAIN of domains)
      expect(faultOf(() => readWorkerConfig({ ...worker, AUTH0_CUSTOM_DOMAIN }))).to.include(
        'AUTH0_CUSTOM_DOMAIN',
      );
    const named = readWorkerConfig({ ...worker, AUTH0_CUSTOM_DOMAIN: 'Login.example.com' });
    expect(named.AUTH0_CUSTOM_DOMAIN).to.equal('Login.example.com');
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
