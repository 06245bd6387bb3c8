/**
 * Where tenants share a database, an email that a user has and one that the authority refuses are answered alike, after the same calls:
 * whose user it is stands in the log only.
 */
import { expect } from 'chai';
import { Problem } from '../../../src/problem.ts';
import { TenantUsers } from '../../../workers/relay/tenant-users.ts';
import { toProblem } from '../../../workers/failures.ts';
import { startAnswering, type AnsweringAuthority, type Reply } from '../../auth0/answering.ts';

const EMAIL = 'Ada@both.example';
const DATABASE = 'people';
const userOf = (tenant_id: string | undefined, connection = DATABASE, user_id = 'auth0|2') => ({
  user_id,
  email: EMAIL.toLowerCase(),
  app_metadata: tenant_id === undefined ? {} : { tenant_id },
  identities: [{ connection, provider: 'auth0', user_id: user_id.slice('auth0|'.length) }],
});
const TAKEN: Reply = {
  status: 409,
  body: { statusCode: 409, message: 'The user already exists.', errorCode: 'auth0_idp_error' },
};
const REFUSED: Reply = { status: 400, body: { statusCode: 400, message: 'x', errorCode: 'invalid_body' } };
const WEAK: Reply = {
  status: 400,
  body: { statusCode: 400, message: 'PasswordStrengthError: Password is too weak' },
};
const NOBODY: Reply = { status: 404, body: { statusCode: 404, errorCode: 'inexistent_user' } };

type Holders = ReturnType<typeof userOf>[];
const own = [userOf('acme')];
const foreign = [userOf('globex')];
const elsewhere = [userOf('globex', 'globex-users'), userOf('acme', 'acme-users')];

/** What the authority says of the write; whom it finds by the email; what the tenant is answered; what the log says. */
const ofCreation: [name: string, said: Reply, found: Holders, shared: string, own: string, log?: RegExp][] = [
  ['taken by an own user', TAKEN, own, 'email_unavailable', 'user_exists', /a user of the tenant/],
  ["taken by another tenant's", TAKEN, foreign, 'email_unavailable', 'user_exists', /another tenant/],
  ["taken by nobody's", TAKEN, [userOf(undefined)], 'email_unavailable', 'user_exists', /another tenant/],
  ['taken and not found', TAKEN, [], 'email_unavailable', 'user_exists', /does not find/],
  [
    'taken, also elsewhere',
    TAKEN,
    [...elsewhere, ...own],
    'email_unavailable',
    'user_exists',
    /of the tenant/,
  ],
  ['refused', REFUSED, [], 'email_unavailable', 'invalid_field', /refuses/],
  ['refused, and held elsewhere', REFUSED, elsewhere, 'email_unavailable', 'invalid_field', /refuses/],
  ['taken by an own user, weak password', WEAK, own, 'email_unavailable', 'weak_password', /of the tenant/],
  [
    "taken by another tenant's, weak password",
    WEAK,
    foreign,
    'email_unavailable',
    'weak_password',
    /another/,
  ],
  ['free, with a weak password', WEAK, [], 'weak_password', 'weak_password'],
  ['free, held elsewhere, weak password', WEAK, elsewhere, 'weak_password', 'weak_password'],
];

describe('an email that cannot be used', () => {
  let authority: AnsweringAuthority;
  beforeEach(async () => {
    authority = await startAnswering();
  });
  afterEach(() => authority.close());

  const usersIn = (database: string | undefined) =>
    new TenantUsers(authority.management(), new Map(), 'acme', () => Promise.resolve(database));
  const calls = () =>
    authority.received.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`).sort();
  const wanted = { connection: DATABASE, id: '1', user: { email: EMAIL, password: 'word' } };

  function say(write: Reply, found: Holders) {
    authority.received.length = 0;
    authority.answer = ({ method, path }) => {
      if (method !== 'GET') return write;
      if (!path.startsWith('/api/v2/users-by-email')) return NOBODY;
      const isAsked = new URL(path, 'http://x').searchParams.get('email') === EMAIL.toLowerCase();
      return { status: 200, body: isAsked ? found : [] };
    };
  }
  /** As a worker stores it, less what only the operator is shown. */
  async function refusalOf(work: Promise<unknown>) {
    const error: unknown = await work.then(
      () => expect.fail('it was done'),
      (thrown: unknown) => thrown,
    );
    const { refusal: _operators, ...problem } = toProblem(error);
    return { problem, reason: error instanceof Problem ? error.message : '' };
  }

  for (const [name, said, found, shared, alone, reason] of ofCreation) {
    it(`is ${shared} for a new user of a shared database: ${name}`, async () => {
      say(said, found);
      const refusal = await refusalOf(usersIn(DATABASE).create(wanted));
      const detail = shared === 'email_unavailable' ? 'This address cannot be used for a user.' : undefined;
      expect(JSON.parse(JSON.stringify(refusal.problem))).to.deep.equal({
        code: shared,
        ...(detail && { detail }),
      });
      if (reason) expect(refusal.reason).to.match(reason).and.not.include('globex');
      expect(calls()).to.deep.equal([
        'GET /api/v2/users-by-email?email=ada@both.example',
        'GET /api/v2/users/auth0|1',
        'POST /api/v2/users',
      ]);
    });

    it(`is ${alone} for a new user of the tenant's own database: ${name}`, async () => {
      say(said, found);
      expect((await refusalOf(usersIn(undefined).create(wanted))).problem.code).to.equal(alone);
      expect(calls()).to.not.include('GET /api/v2/users-by-email?email=ada@both.example');
    });

    it(`is ${alone} for the operator: ${name}`, async () => {
      say(said, found);
      const asked = { ...wanted, forOperator: true };
      expect((await refusalOf(usersIn(DATABASE).create(asked))).problem.code).to.equal(alone);
    });
  }

  for (const [name, said, found, shared, alone, reason] of ofCreation.filter(([, said]) => said !== WEAK)) {
    const change = async (database: string | undefined, email: string | undefined) => {
      authority.answer = () => ({ status: 200, body: userOf('acme', DATABASE, 'auth0|1') });
      const user = await usersIn(database).toChange('auth0|1', { kind: 'tenant', scopes: [] });
      say(said, found);
      return refusalOf(user.update({ name: 'Ada', email }));
    };

    it(`is ${shared} for a change in a shared database: ${name}`, async () => {
      const refusal = await change(DATABASE, EMAIL);
      expect(refusal.problem).to.include({ code: shared, detail: 'This address cannot be used for a user.' });
      expect(refusal.reason).to.match(reason!);
      expect(calls()).to.deep.equal([
        'GET /api/v2/users-by-email?email=ada@both.example',
        'PATCH /api/v2/users/auth0|1',
      ]);
    });

    it(`is ${alone} for a change in the tenant's own database: ${name}`, async () => {
      expect((await change(undefined, EMAIL)).problem.code).to.equal(alone);
      expect(calls()).to.deep.equal(['PATCH /api/v2/users/auth0|1']);
    });

    it(`is not the fault of a change without one: ${name}`, async () => {
      expect((await change(DATABASE, undefined)).problem.code).to.equal(alone);
    });
  }

  it('is not what a repeat finds that its own earlier try created', async () => {
    for (const database of [DATABASE, undefined]) {
      say(TAKEN, [userOf('acme', DATABASE, 'auth0|1')]);
      const { answer } = authority;
      authority.answer = (asked) =>
        asked.path === '/api/v2/users/auth0%7C1'
          ? { status: 200, body: userOf('acme', DATABASE, 'auth0|1') }
          : answer(asked);
      expect((await usersIn(database).create(wanted)).user_id).to.equal('auth0|1');
    }
  });

  for (const [status, body] of [
    [403, { errorCode: 'insufficient_scope' }],
    [409, { errorCode: 'custom_domain_conflict' }],
    [400, { errorCode: 'inexistent_connection' }],
  ] as const)
    it(`is not what a fault of the installation is: ${body.errorCode}`, async () => {
      say({ status, body: { statusCode: status, ...body } }, []);
      expect((await refusalOf(usersIn(DATABASE).create(wanted))).problem.code).to.equal('upstream_refused');
      expect(calls()).to.deep.equal(['POST /api/v2/users']);
    });
});
