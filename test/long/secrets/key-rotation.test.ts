/** Keys are rotated one process at a time: what was written with the old one goes on working, and the wrong order is said at once. */
import { expect } from 'chai';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKeyedHash } from '../../../src/secrets/keyed-hash.ts';
import { readMemory } from '../../../src/start/home.ts';
import { anyFreePort } from '../../../src/start/ports.ts';
import { until } from '../../support/api-keys.ts';
import { appMetadata, toApp } from '../../support/apps.ts';
import { apiKey, operator } from '../../support/callers.ts';
import { call } from '../../support/client.ts';
import { ownWorld } from '../../support/own-deployment.ts';
import { moveInto } from '../../support/world.ts';

const newKey = () => randomBytes(32).toString('base64');

describe('hash keys', () => {
  const [older, newer] = [randomBytes(32), randomBytes(32)] as const;
  const text = 'some token';

  it('are a list: the first one hashes, any is looked for', () => {
    const hash = createKeyedHash(older)('registration-token', text);
    const rotated = createKeyedHash(newer, older);
    expect(rotated('registration-token', text)).to.equal(createKeyedHash(newer)('registration-token', text));
    expect(rotated.matches('registration-token', text, hash)).to.equal(true);
    expect(rotated.matches('registration-token', 'another', hash)).to.equal(false);
    expect(rotated.matches('initial-access-token', text, hash), 'for another purpose').to.equal(false);
    expect(createKeyedHash(newer).matches('registration-token', text, hash), 'without it').to.equal(false);
    for (const wrong of ['', hash.slice(1), `${hash}=`])
      expect(rotated.matches('registration-token', text, wrong), wrong).to.equal(false);
  });
});

describe('in a rolling update', () => {
  // One for all tests: a process's report of the key that it writes with outlives it by seconds.
  const nextHashKey = newKey();
  let own: Awaited<ReturnType<typeof ownWorld>>;
  let moveOut: () => void;
  before(async function () {
    this.timeout(360_000);
    own = await ownWorld({ workerSettings: { WORKER_HEALTH_PORT: String(await anyFreePort()) } });
    moveOut = moveInto(own);
  });
  after(async function () {
    this.timeout(360_000);
    moveOut();
    await own.end();
  });

  const readiness = async (at: string) =>
    (await (await fetch(`${at}/readyz`)).json()) as { status: string; checks: Record<string, string> };
  const says = (log: string, what: string) =>
    readFileSync(join(own.home, 'logs', `${log}.log`), 'utf8').includes(what);

  it('tokens, keys and repeats that an older HASH_KEY hashed go on working', async function () {
    this.timeout(360_000);
    const vouched = await call('POST', '/v1/initial-access-tokens', {
      as: await operator(),
      body: { name: 'A partner', max_uses: 5 },
    });
    const registered = toApp(await call('POST', '/oauth/register', { body: appMetadata() }));
    const as = await apiKey('acme');
    const email = `rotated-${randomUUID()}@acme.example`;
    const repeat = { as, body: { email }, headers: { 'idempotency-key': randomUUID() } };
    const upload = { as, body: [{ email: `up-${email}` }], headers: { 'idempotency-key': randomUUID() } };
    const [user, made] = [
      await call('POST', '/v1/users', repeat),
      await call('POST', '/v1/user-imports', upload),
    ];
    expect([user.status, made.status]).to.deep.equal([201, 202]);

    const rotated = await own.startApi('api-rotated', {
      HASH_KEY: `${nextHashKey},${readMemory(own.home).hashKey}`,
    });
    const at = rotated.url;
    try {
      const byToken = { as: `Bearer ${vouched.body.token}`, body: appMetadata(), at };
      expect((await call('POST', '/oauth/register', byToken)).status).to.equal(201);
      expect((await call('GET', registered.path, { as: registered.manages, at })).status).to.equal(200);
      expect((await call('GET', '/v1/me', { as, at })).status).to.equal(200);
      const again = await call('POST', '/v1/users', { ...repeat, at });
      expect([again.status, again.body.id]).to.deep.equal([201, user.body.id]);
      expect((await call('POST', '/v1/user-imports', { ...upload, at })).body.id).to.equal(made.body.id);
      const other = { ...repeat, body: { email: `other-${email}` }, at };
      expect((await call('POST', '/v1/users', other)).body.code).to.equal('idempotency_key_reused');
    } finally {
      await rotated.stop();
    }
  });

  it('a process that lacks a key with which another one writes says so, in its log and at /readyz', async function () {
    this.timeout(360_000);
    const { encryptionKeys, hashKey } = readMemory(own.home);
    await until(async () => (await readiness(own.api)).status === 'ready');
    const early = await own.startApi('api-early', {
      ENCRYPTION_KEYS: `k9:${newKey()},${encryptionKeys}`,
      HASH_KEY: `${nextHashKey},${hashKey}`,
    });
    try {
      await until(async () => (await readiness(own.api)).status === 'not_ready');
      expect((await readiness(own.api)).checks).to.include({ keys: 'failed', redis: 'ok' });
      // Who has all of them lacks none, whatever else a busy machine makes of it at that moment.
      await until(async () => (await readiness(early.url)).status === 'ready');
      for (const log of ['api', 'api-2', 'worker'])
        await until(() => says(log, 'encryption key k9') && says(log, '"key":"hash key"'));
      expect(says('api-early', 'a key that this one lacks')).to.equal(false);
    } finally {
      await early.stop();
    }
    await until(async () => (await readiness(own.api)).status === 'ready');
    expect((await readiness(own.api)).checks).to.not.have.property('keys');
  });

  it('another key of the same name is another key', async function () {
    this.timeout(360_000);
    const twin = await own.startApi('api-twin', { ENCRYPTION_KEYS: `k1:${newKey()}` });
    try {
      await until(async () => (await readiness(own.api)).checks['keys'] === 'failed');
      await until(async () => (await readiness(twin.url)).checks['keys'] === 'failed');
    } finally {
      await twin.stop();
    }
  });
});
