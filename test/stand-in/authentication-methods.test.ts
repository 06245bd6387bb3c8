import { expect } from 'chai';
import type { StandIn } from '../../src/stand-in/stand-in.ts';
import { callManagement, operatorToken, startStandIn } from './account.ts';

const PATH = 'users/auth0%7Cann/authentication-methods';
type Method = Record<string, unknown> & { id: string };
type Listed = { authenticators: Method[]; total?: number };

describe('stand-in: second factors of users (recorded)', () => {
  let standIn: StandIn;
  let token: string;
  before(async () => {
    standIn = await startStandIn();
    token = await operatorToken(standIn);
  });
  after(() => standIn.close());

  const call = <T>(method: string, path: string, body?: unknown) =>
    callManagement<T>(standIn, token, method, path, body);
  const listed = async () => (await call<Listed>('GET', `${PATH}?include_totals=true`)).body;

  it('are made, read, renamed and deleted one by one, with addresses masked', async () => {
    const email = 'chuck334@example.com';
    const made = await call<Method>('POST', PATH, { type: 'email', name: 'Test', email });
    const shown = { type: 'email', name: 'Test', email: 'chuc****@exam*******' };
    expect(made.status).to.equal(201);
    const { id, created_at, ...rest } = made.body;
    expect(rest).to.deep.equal(shown);
    expect(id).to.match(/^email\|dev_\w{16}$/);
    const one = `${PATH}/${encodeURIComponent(id)}`;
    const read = { id, created_at, ...shown, confirmed: true };
    expect((await call('GET', one)).body).to.deep.equal(read);
    expect(await listed()).to.deep.equal({ authenticators: [read], total: 1, start: 0, limit: 50 });
    expect((await call('GET', PATH)).body).to.deep.equal([read]);
    const renamed = await call('PATCH', one, { name: 'Test2' });
    expect([renamed.status, renamed.body]).to.deep.equal([200, { ...made.body, name: 'Test2' }]);
    expect((await call('DELETE', one)).status).to.equal(204);
    expect(await listed()).to.deep.equal({ authenticators: [], start: 0, limit: 50 });
    expect((await call('GET', one)).status).to.equal(404);
  });

  it('are replaced all at once, and shown in clear to whoever does', async () => {
    const wanted = [
      { type: 'email', name: 'MyEmail', email: 'foo@example.com' },
      {
        type: 'phone',
        name: 'MyPhone',
        phone_number: '+44207183875044',
        preferred_authentication_method: 'sms',
      },
      { type: 'totp', name: 'MyTotp', totp_secret: 'JBSWY3DPEHPK3PXP' },
    ];
    const { status, body } = await call<Method[]>('PUT', PATH, wanted);
    expect(status).to.equal(200);
    const [email, phone, totp] = body;
    const device = phone!.id.replace('phone|', '');
    expect(email).to.include({ email: 'foo@example.com' });
    expect(phone).to.deep.include({
      phone_number: '+44207183875044',
      authentication_methods: [{ id: `sms|${device}`, type: 'sms' }],
    });
    expect(totp).to.have.all.keys('id', 'type', 'name', 'created_at');
    const { authenticators } = await listed();
    expect(authenticators.map((one) => one['email'] ?? one['phone_number'])).to.deep.equal([
      '****@exam*******',
      'XXXXXXXXXXX5044',
      undefined,
    ]);
    expect((await call('DELETE', PATH)).status).to.equal(204);
    expect((await listed()).authenticators).to.deep.equal([]);
  });

  for (const [what, body] of [
    ['of no kind', { name: 'Test' }],
    ['of another kind', { type: 'pwd' }],
    ['with a member that is none', { type: 'totp', secret: 'x' }],
  ] as const)
    it(`are refused when they are ${what} (specified)`, async () => {
      expect((await call('POST', PATH, body)).status).to.equal(400);
    });
});
