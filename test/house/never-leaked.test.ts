/** Nothing secret or personal in any log, in Redis's own file (which holds every command), or in an error body (invariant 6). */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newApiKey, toKey, until } from '../support/api-keys.ts';
import { apiKey, basic, demoTenant, demoUser, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { aTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const mark = randomUUID().replaceAll('-', '');
const email = `leak${mark}@acme.example`;
const password = `Pw1!${mark}`;
const name = `Name ${mark}`;

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('what is never written down', () => {
  const bodies: string[] = [];
  const keySecrets: string[] = [];

  before(async function () {
    this.timeout(WORLD_MS);
    const as = await apiKey('acme');
    const both = async (method: string, path: string, options: object) => {
      const { status, body } = await call(method, path, options);
      if (status >= 400) bodies.push(JSON.stringify(body));
      return status;
    };
    const good = { email, password, name, user_metadata: { note: mark } };
    expect(await both('POST', '/v1/users', { as, body: good })).to.equal(201);
    expect(await both('POST', '/v1/users', { as, body: good })).to.equal(409);
    expect(await both('POST', '/v1/users', { as, body: { ...good, roles: [mark] } })).to.equal(422);
    expect(
      await both('POST', '/v1/users', {
        as,
        body: `{"email":"${email}`,
        headers: { 'content-type': 'application/json' },
      }),
    ).to.equal(400);
    expect(await both('GET', `/v1/users?email=${email}`, { as })).to.equal(200);
    expect(await both('GET', `/v1/users?email=${email}&nosuch=${mark}`, { as })).to.equal(400);
    expect(await both('GET', `/v1/${mark}`, { as })).to.equal(404);
    expect(await both('POST', '/v1/user-imports', { as, body: [good, { email: mark }] })).to.equal(202);
    expect(
      await both('GET', '/v1/me', { as: basic((await demoTenant('acme')).api_key.client_id, mark) }),
    ).to.equal(401);
    expect(await both('GET', '/v1/me', { as: `Bearer ${mark}` })).to.equal(401);
    expect(await both('POST', '/oauth/register', { body: { redirect_uris: [`http://${mark}/`] } })).to.equal(
      400,
    );
    await user('acme');
    await useKeys(both);
    const tenant = await aTenant({ admin: { email: `admin${email}`, name } });
    const [, secret = ''] = Buffer.from(tenant.key.slice('Basic '.length), 'base64').toString().split(':', 2);
    keySecrets.push(secret, new URL(tenant.passwordUrl).searchParams.get('ticket') ?? '');
  });

  /** A key's secret on every way that it can go: made, used, wrong, while the authority is away, rotated, deleted. */
  async function useKeys(
    both: (method: string, path: string, options: object) => Promise<number>,
  ): Promise<void> {
    const { control } = await world();
    const admin = await user('acme');
    const key = await newApiKey('acme');
    const made = await call('POST', `${key.path}/rotate`, { as: admin, body: {} });
    const successor = toKey(made.body as { client_id: string; client_secret: string });
    const unused = await newApiKey('acme');
    for (const { clientSecret, as } of [key, successor, unused])
      keySecrets.push(clientSecret, as.slice('Basic '.length));
    for (const { as } of [key, successor]) {
      for (const api of [0, 1]) expect(await both('GET', '/v1/tenant', { as, api })).to.equal(200);
      expect(await both('GET', '/v1/users', { as })).to.equal(403);
      expect(await both('GET', '/v1/nowhere', { as })).to.equal(404);
    }
    const near = `${key.clientSecret}x`;
    expect(await both('GET', '/v1/tenant', { as: basic(key.clientId, near) })).to.equal(401);
    expect(await both('GET', '/v1/tenant', { as: basic('nobody', near) })).to.equal(401);
    await control.addFault({ path: '/oauth/token', effect: { kind: 'answer', status: 500 } });
    try {
      expect(await both('GET', '/v1/tenant', { as: unused.as })).to.equal(503);
    } finally {
      await control.clearFaults();
    }
    await call('DELETE', key.path, { as: admin });
    await until(async () => (await call('GET', '/v1/tenant', { as: key.as })).status === 401);
  }

  async function leaks(folder: string): Promise<string[]> {
    const tenant = await demoTenant('acme');
    expect(keySecrets).to.have.length(8).and.not.include('');
    const secrets = [
      ...keySecrets,
      mark,
      tenant.api_key.client_secret,
      (await demoUser('acme', 'admin')).password,
    ];
    const tokens = [(await user('acme')).slice('Bearer '.length)];
    const found: string[] = [];
    for (const file of await filesBelow(folder)) {
      const content = await readFile(file);
      for (const secret of [...secrets, ...tokens])
        if (content.includes(secret)) found.push(`${file}: ${secret.slice(0, 4)}…`);
    }
    return found;
  }

  it('stands in no log', async () => {
    const { home } = await world();
    const folder = join(home, 'logs');
    // The control: the logs tell of this traffic.
    const api = await readFile(join(folder, 'api.log'), 'utf8');
    expect(api).to.include('"operation":"createUserImport"').and.include('"status":401');
    expect(await leaks(folder)).to.deep.equal([]);
  });

  it('stands nowhere in Redis', async () => {
    const { home } = await world();
    const folder = join(home, 'redis');
    const written = Buffer.concat(
      await Promise.all((await filesBelow(folder)).map((file) => readFile(file))),
    );
    expect(written.includes('trivium:{relay}:job:'), 'the control').to.equal(true);
    expect(await leaks(folder)).to.deep.equal([]);
  });

  it('stands in no error', () => {
    expect(bodies).to.have.length(15);
    for (const secret of keySecrets) expect(bodies.join()).to.not.include(secret);
    // What the caller itself put into the path is repeated to it, and nothing else.
    const repeated = bodies.filter((body) => body.includes(mark));
    expect(repeated.map((body) => (JSON.parse(body) as { instance: string }).instance)).to.deep.equal([
      `/v1/${mark}`,
    ]);
  });
});
