/**
 * What names people, or opens something, lies in Redis sealed or hashed, whichever door it came by (invariant 6). Each value here is
 * planted at one door and is found nowhere; `never-leaked.test.ts` looks at logs, errors and Redis's file.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { json, serveMetadata } from '../stand-in/metadata-server.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { appMetadata, registerApp, toApp } from '../support/apps.ts';
import { basic, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { redisValues } from '../support/redis-values.ts';
import { world, WORLD_MS } from '../support/world.ts';
import type { StartedProcess } from '../../src/start/processes.ts';

describe('values that must not lie in Redis in clear', () => {
  const planted = new Map<string, string>();
  let redis: Redis;
  let api: StartedProcess;

  /** A value that is found nowhere else. */
  const plant = (door: string, form: (mark: string) => string = (mark) => `${mark}@planted.example`) => {
    const value = form(`p${randomUUID().replaceAll('-', '')}`);
    planted.set(door, value);
    return value;
  };
  const keep = (door: string, value: string) => (planted.set(door, value), value);

  before(async function () {
    this.timeout(WORLD_MS);
    const { redis: url, startApi } = await world();
    redis = connectForWaiting(url);
    api = await startApi('api-planted', { TRUSTED_PROXIES: '1' });
    await users();
    await apps();
    await secrets();
    await strangers();
  });
  after(async () => {
    redis.disconnect();
    await api.stop();
  });

  async function users(): Promise<void> {
    const as = await user('acme');
    const whole = (door: string) => ({
      email: plant(`${door}: email`),
      name: plant(`${door}: name`, String),
      given_name: plant(`${door}: given name`, String),
      user_metadata: { note: plant(`${door}: user_metadata`, String) },
    });
    const password = plant('user: password', (mark) => `Pw1!${mark}`);
    const made = await call('POST', '/v1/users', { as, body: { ...whole('user'), password } });
    expect(made.status).to.equal(201);
    const path = `/v1/users/${encodeURIComponent(made.body.user_id as string)}`;
    const { email: _email, ...changes } = whole('changed user');
    expect((await call('PATCH', path, { as, body: changes })).status).to.equal(200);
    const searched = encodeURIComponent(plant('search: email'));
    expect((await call('GET', `/v1/users?email=${searched}`, { as })).status).to.equal(200);
    const later = { prefer: 'respond-async', 'idempotency-key': `"${plant('idempotency key', String)}"` };
    const accepted = await call('POST', '/v1/users', { as, body: whole('accepted user'), headers: later });
    expect(accepted.status).to.equal(202);
    for (const kind of ['JSON import', 'CSV import']) {
      const row = { email: plant(`${kind}: email`), name: plant(`${kind}: name`, String) };
      const [body, headers] =
        kind === 'CSV import'
          ? [`email,name\n${row.email},${row.name}\n`, { 'content-type': 'text/csv' }]
          : [[row], undefined];
      expect(
        (await call('POST', '/v1/user-imports', { as, body, ...(headers && { headers }) })).status,
      ).to.equal(202);
    }
  }

  async function apps(): Promise<void> {
    const app = await registerApp({ contacts: [plant('registration: contacts')] });
    const changed = await call('PUT', app.path, {
      as: app.manages,
      body: {
        ...appMetadata({ contacts: [plant('registration update: contacts')] }),
        client_id: app.clientId,
      },
    });
    keep('registration access token', toApp(changed).manages.slice('Bearer '.length));
    const confidential = await registerApp({ token_endpoint_auth_method: 'client_secret_post' });
    keep('app secret', confidential.body['client_secret'] as string);
    const site = await serveMetadata();
    const clientId = `${site.origin}/planted.json`;
    const document = {
      ...appMetadata({ contacts: [plant('metadata document: contacts')] }),
      client_id: clientId,
      application_type: 'native',
      grant_types: ['authorization_code'],
    };
    site.answers.set('/planted.json', json(document, { 'cache-control': 'max-age=3600' }));
    const start = await call('GET', `/oauth/authorize?client_id=${encodeURIComponent(clientId)}`);
    expect(start.status).to.equal(302);
    await site.close();
  }

  async function secrets(): Promise<void> {
    const key = await newApiKey('acme');
    keep('API key', key.clientSecret);
    expect((await call('GET', '/v1/tenant', { as: key.as })).status).to.equal(200);
    const wrong = plant('wrong API key', String);
    expect((await call('GET', '/v1/tenant', { as: basic(key.clientId, wrong) })).status).to.equal(401);
    const { body } = await call('POST', '/v1/initial-access-tokens', {
      as: await operator(),
      body: { name: 'A partner' },
    });
    keep('initial access token', (body.token as string).split('.')[1]!);
    keep('access token', (await user('acme')).slice('Bearer '.length));
  }

  /** Whoever is refused leaves nothing behind in clear either. */
  async function strangers(): Promise<void> {
    const from = keep('address', '2001:db8:dead:beef::77');
    const origin = plant('origin', (mark) => `https://${mark}.example`);
    const id = plant('client id that is none', String);
    for (const authorization of [basic(id, 'x'), `Bearer ${plant('token that is none', String)}`])
      await fetch(`${api.url}/v1/users`, { headers: { authorization, origin, 'x-forwarded-for': from } });
    await fetch(`${api.url}/oauth/authorize?client_id=${id}`, {
      redirect: 'manual',
      headers: { 'x-forwarded-for': from },
    });
    await fetch(`${api.url}/oauth/register`, { method: 'POST', headers: { 'x-forwarded-for': from } });
  }

  it('are not there: from no door', async () => {
    // What was told last has been recorded, and what was begun has ended.
    const since = new Date(Date.now() - 60_000).toISOString();
    await until(async () => {
      const { body } = await call('GET', `/v1/audit-events?operation=registerApp&from=${since}`, {
        as: await operator(),
      });
      return (body.events as { address?: string }[]).some(
        ({ address }) => address === planted.get('address'),
      );
    });
    const found: string[] = [];
    let keys = 0;
    for await (const [key, text] of redisValues(redis)) {
      keys += 1;
      for (const [door, value] of planted)
        if (key.includes(value) || text.includes(value)) found.push(`${door}: ${key}`);
    }
    expect(found).to.deep.equal([]);
    expect(planted.size).to.equal(32);
    expect(keys, 'the control: there is something').to.be.above(50);
  });

  it('would be found', async () => {
    await redis.hset('trivium:planted', 'field', `x ${planted.get('user: email')} y`);
    let found = 0;
    for await (const [, text] of redisValues(redis))
      if (text.includes(planted.get('user: email')!)) found += 1;
    await redis.del('trivium:planted');
    expect(found).to.equal(1);
  });
});
