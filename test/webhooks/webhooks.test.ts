/** A tenant's webhooks as it manages them: what is taken, what is shown and kept, and that they go with it. */
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { until } from '../support/api-keys.ts';
import { auditEvents } from '../support/audit.ts';
import { app, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { aTenant } from '../support/tenants.ts';
import { startReceiver } from '../support/webhook-receiver.ts';
import { aWebhook, happen, readWebhook } from '../support/webhooks.ts';
import { world, WORLD_MS } from '../support/world.ts';

const URL_OF_NOBODY = 'https://hooks.example.com/trivium';

describe('webhooks of a tenant', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  async function everythingInRedis(): Promise<string> {
    const redis = new Redis((await world()).redis);
    const found: unknown[] = [];
    for await (const names of redis.scanStream({ match: '*webhook*' }) as AsyncIterable<string[]>)
      for (const name of names) {
        const type = await redis.type(name);
        if (type === 'hash') found.push(name, await redis.hgetall(name));
        else if (type === 'list') found.push(name, await redis.lrange(name, 0, -1));
        else if (type === 'zset') found.push(name, await redis.zrange(name, '0', '-1'));
        else found.push(name);
      }
    redis.disconnect();
    return JSON.stringify(found);
  }

  it('show their secret once, and keep it sealed', async () => {
    const as = await user('acme');
    const made = await call('POST', '/v1/tenant/webhooks', {
      as,
      body: { url: URL_OF_NOBODY, event_types: ['user.created', 'user_import.completed'] },
    });
    expect(made.status).to.equal(201);
    expect(made.headers.get('cache-control')).to.equal('no-store');
    const { secret, ...shown } = made.body;
    expect(secret).to.match(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const path = made.headers.get('location')!;
    const rotated = await call('POST', `${path}/rotate-secret`, { as, body: {} });
    expect(rotated.body.secret)
      .to.match(/^whsec_/)
      .and.not.equal(secret);
    expect((await call('GET', path, { as, api: 1 })).body).to.deep.equal(shown);
    const { body: list } = await call('GET', '/v1/tenant/webhooks', { as });
    expect(list.webhooks).to.deep.include(shown);
    const stored = await everythingInRedis();
    expect(stored).to.include(shown.id);
    for (const one of [secret, rotated.body.secret] as string[])
      expect(stored).to.not.include(one.slice('whsec_'.length));
    expect((await call('DELETE', path, { as })).status).to.equal(204);
    expect((await call('GET', path, { as })).status).to.equal(404);
    let told: string[] = [];
    await until(async () => {
      told = (await auditEvents({ target: shown.id })).map(({ type }) => type);
      return told.includes('request.refused');
    });
    expect(told.filter((type) => !/read|refused/.test(type))).to.deep.equal([
      'webhook.created',
      'webhook.secret_rotated',
      'webhook.deleted',
    ]);
  });

  it('are those of admins and keys, and of no app', async () => {
    for (const as of [await user('acme', 'member'), await app('acme')])
      expect((await call('GET', '/v1/tenant/webhooks', { as })).status).to.equal(403);
  });

  const wrong: [what: object, pointer: string, code: string][] = [
    [{ event_types: ['user.created', 'user.exploded'] }, '/event_types/1', 'unknown_event_type'],
    [{ url: 'https://me:secret@hooks.example.com/' }, '/url', 'invalid_url'],
    [{ url: 'https://hooks.example.com/#part' }, '/url', 'invalid_url'],
    [{ url: 'ftp://hooks.example.com/' }, '/url', 'not_https'],
    [{ url: 'https://10.0.0.1/' }, '/url', 'address_not_public'],
    [{ url: 'https://167772161/' }, '/url', 'address_not_public'],
    [{ url: 'https://[::ffff:10.0.0.1]/' }, '/url', 'address_not_public'],
    [{ url: 'https://169.254.169.254/latest/meta-data/' }, '/url', 'address_not_public'],
  ];
  for (const [what, pointer, code] of wrong)
    it(`are not made of ${JSON.stringify(what)}, nor become so`, async () => {
      const as = await user('acme');
      const body = { url: URL_OF_NOBODY, event_types: ['user.created'], ...what };
      const { path } = await aWebhook(as, URL_OF_NOBODY);
      for (const refused of [
        await call('POST', '/v1/tenant/webhooks', { as, body }),
        await call('PATCH', path, { as, body: what }),
      ]) {
        expect([refused.status, refused.body.code]).to.deep.equal([422, 'invalid_body']);
        const [error, ...more] = refused.body.errors as { pointer: string; code: string }[];
        expect([error!.pointer, error!.code, more]).to.deep.equal([pointer, code, []]);
      }
      await call('DELETE', path, { as });
    });

  it('are so many and no more, however many come at once, and go with their tenant', async () => {
    const tenant = await aTenant();
    const as = tenant.key;
    const endpoint = await startReceiver();
    endpoint.answer(500);
    const kept = await aWebhook(as, endpoint.url);
    await happen(as);
    await until(async () => (await readWebhook(as, kept)).failing_since !== undefined);
    const body = { url: URL_OF_NOBODY, event_types: ['user.created'] };
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, i) =>
        call('POST', '/v1/tenant/webhooks', { as, body, api: i % 2 === 0 ? 0 : 1 }),
      ),
    );
    const codes = answers.map(({ status, body: { code } }) => (status === 201 ? 'made' : (code as string)));
    expect(codes.filter((code) => code === 'made')).to.have.length(19);
    expect(codes.filter((code) => code === 'webhook_limit_reached')).to.have.length(6);
    expect(await everythingInRedis()).to.include(tenant.id);
    const operating = { as: await operator() };
    const dry = await call('DELETE', `${tenant.path}?users=delete&dry_run=true`, operating);
    const gone = await call(
      'DELETE',
      `${tenant.path}?users=delete&confirm=${dry.body.confirmation}`,
      operating,
    );
    expect(gone.status).to.equal(204);
    await until(async () => !(await everythingInRedis()).includes(tenant.id));
    expect(await everythingInRedis()).to.not.include(kept.id);
    await endpoint.close();
  });
});
