/** `Idempotency-Key`: the same upload again is the same import, whoever else chose the same key. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { management } from '../support/authority.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { apiKey, app, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { ended, types, upload } from '../support/imports.ts';
import { world, WORLD_MS } from '../support/world.ts';
import { keysOfUploads } from './left-behind.ts';
import { slowUpload } from './slow-upload.ts';

const rows = (count = 3) =>
  Array.from({ length: count }, () => ({ email: `${randomUUID()}@idempotent.example` }));
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });

describe('Idempotency-Key of an upload', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  it('makes the same upload the same import, at every process, before and after its end', async () => {
    const [key, body] = [randomUUID(), rows()];
    const first = await upload(body, keyed(key));
    expect(first.status).to.equal(202);
    const path = first.headers.get('location')!;
    for (const api of [0, 1] as const) {
      const again = await upload(body, { ...keyed(key), api });
      expect([again.status, again.headers.get('location')]).to.deep.equal([202, path]);
    }
    expect((await ended(path)).counts.created).to.equal(3);
    const late = await upload(body, keyed(key));
    expect([late.status, late.body.id, late.body.status]).to.deep.equal([202, first.body.id, 'completed']);
    const { imports } = (await call('GET', '/v1/user-imports?limit=100', { as: await apiKey('acme') })).body;
    expect(imports.filter(({ id }: { id: string }) => id === first.body.id)).to.have.length(1);
    const sdk = await management();
    for (const { email } of body) expect(await sdk.users.listUsersByEmail({ email })).to.have.length(1);
  });

  it('refuses another upload: other bytes, another type, other settings', async () => {
    const [key, body] = [randomUUID(), rows(1)];
    const text = JSON.stringify(body[0]);
    expect((await upload(text, keyed(key))).status).to.equal(202);
    const others = [
      await upload(rows(1), keyed(key)),
      await upload(`${text}\n`, keyed(key)),
      await upload(`[${text}]`, { ...keyed(key), type: 'json' }),
      await upload(text, { ...keyed(key), query: '?send_verification_email=true' }),
      await upload(text, { ...keyed(key), query: '?channel=row_by_row' }),
    ];
    for (const { status, body: problem } of others)
      expect([status, problem.code]).to.deep.equal([422, 'idempotency_key_reused']);
    expect((await upload(text, keyed(key))).status).to.equal(202);
  });

  it('is in use while the first upload still arrives, and free when that broke off', async () => {
    const [key, body] = [randomUUID(), rows(1)];
    const as = await apiKey('acme');
    const first = await slowUpload(as, keyed(key).headers);
    await first.write(`${JSON.stringify(body[0])}\n`);
    await until(async () => (await keysOfUploads()).length > 0);
    const second = await upload(body, keyed(key));
    expect([second.status, second.body.code]).to.deep.equal([409, 'idempotency_key_in_use']);
    expect(Number(second.headers.get('retry-after'))).to.be.within(1, 60);
    first.cut();
    await until(async () => (await upload(body, keyed(key))).status === 202);
  });

  it('of a whole upload that took its time gives the others that import', async () => {
    const [key, line] = [randomUUID(), `${JSON.stringify(rows(1)[0])}\n`];
    const first = await slowUpload(await apiKey('acme'), keyed(key).headers);
    await first.write(line);
    first.end();
    const { status, location } = await first.answer();
    expect(status).to.equal(202);
    expect((await upload(line, keyed(key))).headers.get('location')).to.equal(location);
  });

  it('gives many at the same moment one import', async () => {
    const [key, body] = [randomUUID(), rows(2)];
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => upload(body, { ...keyed(key), api: n % 2 === 0 ? 0 : 1 })),
    );
    const made = answers.filter(({ status }) => status === 202);
    expect(made.length).to.be.at.least(1);
    expect(new Set(made.map((answer) => answer.body.id)).size).to.equal(1);
    for (const { status, body: problem } of answers)
      if (status !== 202) expect([status, problem.code]).to.deep.equal([409, 'idempotency_key_in_use']);
  });

  it('is each caller its own: two keys, a user and an app of one tenant do not meet', async () => {
    const key = randomUUID();
    const callers = [
      await apiKey('acme'),
      (await newApiKey('acme', { scopes: ['create:user_imports'] })).as,
      await user('acme'),
      await app('acme'),
      await apiKey('globex'),
    ];
    const ids = [];
    for (const as of callers) {
      const { status, body } = await upload(rows(1), { as, ...keyed(key) });
      expect(status).to.equal(202);
      ids.push(body.id);
    }
    expect(new Set(ids).size).to.equal(callers.length);
  });

  it('says nothing of a dry run, which makes no import', async () => {
    const [key, body] = [randomUUID(), rows(1)];
    expect((await upload(body, { ...keyed(key), query: '?dry_run=true' })).status).to.equal(200);
    expect((await upload(rows(1), keyed(key))).status).to.equal(202);
  });

  it('has a form', async () => {
    for (const wrong of ['', 'a'.repeat(300)]) {
      const { status } = await call('POST', '/v1/user-imports', {
        as: await apiKey('acme'),
        body: JSON.stringify(rows(1)),
        headers: { 'content-type': types.json, 'idempotency-key': wrong },
      });
      expect(status).to.equal(400);
    }
  });
});
