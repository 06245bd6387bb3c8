/** Nobody fills the places for apps for those whom somebody vouches for, by whichever door, and each address has its bound at both. */
import { expect } from 'chai';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Redis } from 'ioredis';
import { appMetadata } from '../support/apps.ts';
import { operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { json, serveMetadata, type MetadataServer } from '../stand-in/metadata-server.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import type { StartedProcess } from '../../src/start/processes.ts';

const ISSUER = 'https://directory.example';
const PER_ADDRESS = 4;
/** More than all that is open here. */
const MANY = 12;

describe('places for apps', () => {
  let redis: Redis;
  let site: MetadataServer;
  let api: StartedProcess | undefined;
  let statement: string;
  let issuers: string;
  before(async function () {
    this.timeout(WORLD_MS);
    redis = connectForWaiting((await world()).redis);
    site = await serveMetadata();
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    issuers = JSON.stringify([{ issuer: ISSUER, jwks: { keys: [await exportJWK(publicKey)] } }]);
    statement = await new SignJWT({ client_name: 'Certified' })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer(ISSUER)
      .setExpirationTime('1h')
      .sign(privateKey);
  });
  afterEach(async () => {
    await api?.stop();
    api = undefined;
  });
  after(async () => {
    redis.disconnect();
    await site.close();
  });

  async function startWith(settings: Record<string, string>): Promise<void> {
    api = await (
      await world()
    ).startApi('api-places', { TRUSTED_PROXIES: '1', SOFTWARE_STATEMENT_ISSUERS: issuers, ...settings });
  }
  async function register(from: string, more: object = {}, token?: string) {
    const response = await fetch(`${api!.url}/oauth/register`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': from,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(appMetadata(more)),
    });
    return response.status;
  }
  let documents = 0;
  async function comeByDocument(from: string) {
    const path = `/place-${(documents += 1)}.json`;
    const clientId = site.origin + path;
    const grant_types = ['authorization_code'];
    site.answers.set(
      path,
      json({ ...appMetadata(), client_id: clientId, application_type: 'native', grant_types }),
    );
    const url = `${api!.url}/oauth/authorize?client_id=${encodeURIComponent(clientId)}`;
    const response = await fetch(url, { redirect: 'manual', headers: { 'x-forwarded-for': from } });
    return response.status;
  }
  const newToken = async (as: string, path: string) =>
    (await call('POST', path, { as, body: { name: 'A partner', max_uses: 10 } })).body.token as string;
  /** How many there are, and how many of those that nobody vouched for. */
  const taken = async () => {
    const all = (await redis.zcard(keys.apps)) + (await redis.zcard(keys.unfinishedRegistrations));
    return { all, open: all - (await redis.scard(keys.vouchedApps)) };
  };

  /** Runs as if there were no app yet: shares of places are whole percents, too coarse to count by beside hundreds. */
  async function withoutOthers(run: () => Promise<void>): Promise<void> {
    const sets = [keys.vouchedApps, keys.vouchedAppsOf('acme')];
    const aside = (key: string) => `${key}:aside`;
    await redis.zunionstore(aside(keys.apps), 1, keys.apps);
    for (const key of sets) await redis.sunionstore(aside(key), key);
    await redis.del(keys.apps, ...sets);
    try {
      await run();
    } finally {
      await redis.zunionstore(keys.apps, 2, keys.apps, aside(keys.apps), 'AGGREGATE', 'MAX');
      for (const key of sets) await redis.sunionstore(key, key, aside(key));
      await redis.del(...[keys.apps, ...sets].map(aside));
    }
  }

  it('are left for partners when everything that is open is full, and no more than there are', async () => {
    await withoutOthers(leftForPartners);
  });

  async function leftForPartners(): Promise<void> {
    const { all, open } = await taken();
    // Two places are open still, and three are kept.
    const cap = Math.max(all + 5, open + 5);
    const kept = cap - open - 2;
    const settings = { APPLICATION_LIMIT: String(cap), APPLICATION_SHARE_OF_APPS: '100' };
    await startWith({ ...settings, APP_SHARE_OF_VOUCHED: String(Math.round((kept * 100) / cap)) });
    const strangers: number[] = [];
    for (let i = 0; i < MANY; i += 1)
      strangers.push(i % 2 === 0 ? await register(`203.0.113.${i}`) : await comeByDocument(`203.0.113.${i}`));
    const refused = strangers.filter((status) => status === 503);
    expect(refused.length).to.be.above(0);
    expect(strangers.at(-1)).to.equal(503);
    const before = await taken();
    const tokens = [
      await newToken(await operator(), '/v1/initial-access-tokens'),
      await newToken(await user('acme'), '/v1/tenant/initial-access-tokens'),
    ];
    for (const token of tokens) expect(await register('198.51.100.1', {}, token)).to.equal(201);
    expect(await register('198.51.100.1', { software_statement: statement })).to.equal(201);
    expect(await taken()).to.deep.equal({ all: before.all + 3, open: before.open });
    // What was kept is used, and strangers got none of it.
    expect(await register('198.51.100.2')).to.equal(503);
    while ((await taken()).all < cap) expect(await register('198.51.100.3', {}, tokens[0])).to.equal(201);
    expect(await register('198.51.100.4', {}, tokens[1])).to.equal(503);
  }

  it('are left for others by the partners of one tenant, and are its again when they go', async () => {
    const { all } = await taken();
    const acme = keys.vouchedAppsOf('acme');
    const own = await redis.scard(acme);
    const perTenant = all + own + 4;
    await startWith({ APPLICATION_LIMIT: String(2 * perTenant), APPLICATION_SHARE_OF_APPS: '100' });
    const [ofAcme, ...others] = [
      await newToken(await user('acme'), '/v1/tenant/initial-access-tokens'),
      await newToken(await user('globex'), '/v1/tenant/initial-access-tokens'),
      await newToken(await operator(), '/v1/initial-access-tokens'),
    ] as const;
    const fillers = Array.from({ length: perTenant - own - 2 }, (_, i) => `filler ${i}`);
    await redis.sadd(acme, ...fillers);
    let addresses = 0;
    const partner = (token: string) => register(`198.51.100.${(addresses += 1)}`, {}, token);
    const atOnce = await Promise.all(Array.from({ length: 4 }, () => partner(ofAcme)));
    expect(atOnce.sort()).to.deep.equal([201, 201, 503, 503]);
    for (const token of others) expect(await partner(token)).to.equal(201);
    expect(await register('198.51.100.99')).to.equal(201);
    expect(await partner(ofAcme)).to.equal(503);
    await redis.srem(acme, ...fillers);
    expect(await partner(ofAcme)).to.equal(201);
    // Nothing of those that were refused, or under way, counts any more.
    expect(await redis.scard(acme)).to.equal(own + 3);
  });

  it('are taken from one address no more often than is allowed, by both doors together', async () => {
    await startWith({ REGISTRATIONS_PER_ADDRESS: String(PER_ADDRESS) });
    const from = (i: number) => `2001:db8:7:1::${i + 1}`;
    const statuses: number[] = [];
    for (let i = 0; i < PER_ADDRESS + 2; i += 1)
      statuses.push(i % 2 === 0 ? await comeByDocument(from(i)) : await register(from(i)));
    expect(statuses).to.deep.equal([302, 201, 302, 201, 429, 429]);
    // One that is there already is no registration.
    documents = 0;
    expect(await comeByDocument('2001:db8:7:2::1')).to.equal(302);
  });

  it('are given back when an app goes, to whom they belonged', async () => {
    const before = await taken();
    const own = await redis.scard(keys.vouchedAppsOf('acme'));
    const token = await newToken(await user('acme'), '/v1/tenant/initial-access-tokens');
    const { body } = await call('POST', '/oauth/register', { body: appMetadata(), as: `Bearer ${token}` });
    expect(await redis.sismember(keys.vouchedApps, body.client_id)).to.equal(1);
    await call('DELETE', `/oauth/register/${body.client_id}`, {
      as: `Bearer ${body.registration_access_token}`,
    });
    expect(await taken()).to.deep.equal(before);
    expect(await redis.scard(keys.vouchedAppsOf('acme'))).to.equal(own);
  });
});
