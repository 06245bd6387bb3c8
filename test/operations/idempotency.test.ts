import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { management } from '../support/authority.ts';
import { apiKey, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

const newEmail = () => `i-${randomUUID()}@acme.example`;

describe('Idempotency-Key', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  const post = async (key: string, body: object, as?: string, headers: Record<string, string> = {}) =>
    call('POST', '/v1/users', {
      as: as ?? (await apiKey('acme')),
      body,
      headers: { 'idempotency-key': key, ...headers },
    });

  it('gives the same request the same answer, at every process, and creates once', async () => {
    const key = randomUUID();
    const body = { email: newEmail(), name: 'Ada' };
    const first = await post(key, body);
    const again = await call('POST', '/v1/users', {
      as: await apiKey('acme'),
      body,
      headers: { 'idempotency-key': key },
      api: 1,
    });
    expect(first.status).to.equal(201);
    expect([again.status, again.body]).to.deep.equal([201, first.body]);
    expect(again.headers.get('location')).to.equal(first.headers.get('location'));
    expect(await (await management()).users.listUsersByEmail({ email: body.email })).to.have.length(1);
  });

  it('gives many at the same time one job', async () => {
    const key = randomUUID();
    const body = { email: newEmail() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(key, body)));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 10 }, () => 201));
    expect(new Set(answers.map((answer) => answer.body.user_id)).size).to.equal(1);
  });

  it('refuses another request with the same key', async () => {
    const key = randomUUID();
    await post(key, { email: newEmail() });
    const other = await post(key, { email: newEmail() });
    expect([other.status, other.body.code]).to.deep.equal([422, 'idempotency_key_reused']);
  });

  it('remembers a refusal too', async () => {
    const email = newEmail();
    await post(randomUUID(), { email });
    const key = randomUUID();
    const taken = await post(key, { email });
    expect(taken.body.code).to.equal('user_exists');
    const [{ user_id } = { user_id: '' }] = await (await management()).users.listUsersByEmail({ email });
    await call('DELETE', `/v1/users/${encodeURIComponent(user_id!)}`, { as: await apiKey('acme') });
    expect((await post(key, { email })).body.code).to.equal('user_exists');
    expect((await post(randomUUID(), { email })).status).to.equal(201);
  });

  it('belongs to its caller', async () => {
    const key = randomUUID();
    const body = { email: newEmail() };
    const byKey = await post(key, body);
    const byUser = await post(key, body, await user('acme'));
    const byOther = await post(key, body, await apiKey('globex'));
    expect(byKey.status).to.equal(201);
    expect(byUser.body.code).to.equal('user_exists');
    expect(byOther.status).to.equal(201);
    expect(byOther.body.user_id).not.to.equal(byKey.body.user_id);
  });

  it('gives the job to whoever did not wait, and its end to whoever asks again', async () => {
    const key = randomUUID();
    const body = { email: newEmail() };
    const accepted = await post(key, body, undefined, { prefer: 'respond-async' });
    expect(accepted.status).to.equal(202);
    const again = await post(key, body);
    expect(again.status).to.equal(201);
    const job = await call('GET', accepted.headers.get('location')!, { as: await apiKey('acme') });
    expect(job.body.answer.body).to.deep.equal(again.body);
  });

  it('lets a request that ended 503 be made again', async () => {
    const { control } = await world();
    const key = randomUUID();
    const body = { email: newEmail() };
    // Refused because of the limit, more often than the relay repeats it.
    await control.addFault({
      method: 'POST',
      path: '/api/v2/users',
      effect: { kind: 'rate_limit', retryAfter: 0 },
    });
    const refused = await post(key, body, undefined, { prefer: 'wait=40' });
    expect([refused.status, refused.body.code]).to.deep.equal([503, 'upstream_rate_limited']);
    await control.clearFaults();
    expect((await post(key, body, undefined, { prefer: 'wait=40' })).status).to.equal(201);
  });

  it('gives a secret again to whoever lost the answer, but not to others by the job', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const as = await user('acme');
    const body = { name: 'Once', scopes: ['read:tenant'] };
    const first = await call('POST', '/v1/tenant/api-keys', { as, body, headers });
    const again = await call('POST', '/v1/tenant/api-keys', { as, body, headers });
    expect(again.status).to.equal(201);
    expect(again.body.client_secret).to.equal(first.body.client_secret).and.be.a('string');
  });

  for (const key of ['', 'x'.repeat(256), 'with space', 'ü']) {
    it(`is refused when it is ${key.length > 20 ? 'too long' : `"${key}"`}`, async () => {
      const answer = await post(key, { email: newEmail() });
      expect([answer.status, answer.body.code]).to.deep.equal([400, 'invalid_parameter']);
      expect(answer.body.errors[0].in).to.equal('header');
    });
  }
});
