/** What follows from an answer of the Management API that is no success, and what is kept of it. */
import { expect } from 'chai';
import { ManagementFailure, type ManagementFailureKind } from '../../src/auth0/errors.ts';
import type { Management } from '../../src/auth0/management.ts';
import { startAnswering, type AnsweringAuthority } from './answering.ts';

const PERSONAL = 'ada@acme.example';
const aUser = {
  connection: 'acme-users',
  user_id: '1',
  email: PERSONAL,
  password: 'x',
  email_verified: false,
  verify_email: false,
  app_metadata: {},
};
const create = (management: Management) => management.createUser(aUser);
const update = (management: Management) => management.updateUser('auth0|1', { email: PERSONAL });

type Row = [name: string, status: number, body: unknown, kind: ManagementFailureKind, code?: string];
const ofCreation: Row[] = [
  ['a user who exists', 409, { errorCode: 'auth0_idp_error', message: 'The user already exists.' }, 'exists'],
  ['the same, before there were codes', 409, { message: 'The user already exists.' }, 'exists'],
  ['a username that somebody has', 409, { message: 'The username provided is in use already.' }, 'exists'],
  [
    'several custom domains, and none named',
    409,
    { errorCode: 'custom_domain_conflict', message: 'The tenant has multiple verified custom domains.' },
    'refused',
    'custom_domain_conflict',
  ],
  [
    'a conflict that nobody has heard of',
    409,
    { errorCode: 'some_conflict', message: 'It already exists' },
    'refused',
  ],
  ['a conflict without a word', 409, {}, 'refused'],
  ['a conflict that is no JSON object', 409, 'Conflict', 'refused'],
  [
    'a password that is too weak',
    400,
    { message: 'PasswordStrengthError: Password is too weak' },
    'weak_password',
  ],
  [
    'one of the dictionary',
    400,
    { message: 'PasswordDictionaryError: Password is too common' },
    'weak_password',
  ],
  [
    'one with the name in it',
    400,
    { message: 'PasswordNoUserInfoError: Password contains …' },
    'weak_password',
  ],
  ['one that was used before', 400, { message: 'PasswordHistoryError: Password has …' }, 'weak_password'],
  ['one that a code calls so', 400, { errorCode: 'invalid_password', message: 'x' }, 'weak_password'],
  [
    'a value that is refused',
    400,
    { errorCode: 'invalid_body', message: `'${PERSONAL}'` },
    'invalid',
    'invalid_body',
  ],
  ['a full account', 403, { errorCode: 'too_many_entities' }, 'limit_reached', 'too_many_entities'],
  [
    'a plan that lacks it',
    403,
    { errorCode: 'insufficient_entitlement' },
    'not_in_plan',
    'insufficient_entitlement',
  ],
  ['a scope that we lack', 403, { errorCode: 'insufficient_scope' }, 'refused', 'insufficient_scope'],
  ['a refusal without a code', 403, { message: `no ${PERSONAL}` }, 'refused'],
  ['a connection that is not there', 404, { errorCode: 'inexistent_connection' }, 'refused'],
  [
    'the same as a bad request',
    400,
    { errorCode: 'inexistent_connection', message: 'The connection does not exist.' },
    'refused',
    'inexistent_connection',
  ],
  ['an address where there is no such endpoint', 404, { message: 'Not Found' }, 'refused'],
  ['an address that is not Auth0’s', 404, '<html>', 'refused'],
  ['a user who exists, as a bad request', 400, { message: 'The user already exists.' }, 'exists'],
  ['the same by code', 400, { errorCode: 'user_exists', message: 'x' }, 'exists'],
  ['a value that quotes those words', 400, { message: "'it already exists' on property name" }, 'invalid'],
  ['a password by any other code', 400, { errorCode: 'password_dictionary_error' }, 'weak_password'],
  ['a value that is too large', 413, { message: 'x' }, 'invalid'],
  ['what is to be paid', 402, { errorCode: 'payment_required' }, 'refused', 'payment_required'],
  ['another method', 405, { message: 'Method Not Allowed' }, 'refused'],
  ['another media type', 415, {}, 'refused'],
  ['a redirection', 302, undefined, 'refused'],
  ['a failure', 500, { message: PERSONAL }, 'unknown_outcome'],
  ['an empty bucket', 429, { errorCode: 'too_many_requests' }, 'rate_limited'],
];
const ofChange: Row[] = [
  ['an email that exists', 400, { message: 'The specified new email already exists' }, 'exists'],
  [
    'the same with a code',
    400,
    { errorCode: 'auth0_idp_error', message: 'The specified new email already exists' },
    'exists',
  ],
  ['a phone number that exists', 400, { message: 'The specified new phone number already exists' }, 'exists'],
  [
    'a username that somebody has',
    400,
    { errorCode: 'auth0_idp_error', message: 'The username provided is in use already.' },
    'exists',
  ],
  ['another bad value', 400, { errorCode: 'auth0_idp_error', message: 'It failed' }, 'invalid'],
  ['what is not there', 404, { errorCode: 'inexistent_user' }, 'not_found'],
  ['what is not there, without a code', 404, { message: 'Not Found' }, 'not_found'],
  ['a page that is not Auth0’s', 404, '<html>', 'refused'],
  ['nothing at all', 404, undefined, 'refused'],
];
const ofRead: Row[] = [
  ['an id of no known form', 400, { errorCode: 'invalid_uri' }, 'invalid'],
  ['what is not there', 404, { errorCode: 'inexistent_user' }, 'not_found'],
  ['what nobody has heard of', 400, { errorCode: 'some_code' }, 'refused'],
  ['what has no code', 400, { message: 'x' }, 'refused'],
  ['words of a write', 400, { message: 'It already exists' }, 'refused'],
  ['a redirection', 301, undefined, 'refused'],
];
const ofMail: Row[] = [
  ['a user who is gone', 400, { errorCode: 'inexistent_user' }, 'not_found'],
  ['the same as not found', 404, { errorCode: 'inexistent_user' }, 'not_found'],
  ['a client that is gone', 400, { errorCode: 'inexistent_client' }, 'refused'],
  ['a redirection', 307, undefined, 'refused'],
];

describe('a failure of the Management API', () => {
  let authority: AnsweringAuthority;
  before(async () => {
    authority = await startAnswering();
  });
  after(() => authority.close());

  async function failureOf(call: (management: Management) => Promise<unknown>): Promise<ManagementFailure> {
    const error: unknown = await call(authority.management()).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ManagementFailure);
    return error as ManagementFailure;
  }

  for (const [of, call, rows] of [
    ['creation', create, ofCreation],
    ['change', update, ofChange],
    ['read', (management: Management) => management.getUser('auth0|1'), ofRead],
    ['mail', (management: Management) => management.sendVerificationEmail('auth0|1'), ofMail],
  ] as const)
    for (const [name, status, body, kind, code] of rows)
      it(`of a ${of} for ${name} is ${kind}`, async () => {
        authority.answer = () => ({ status, body });
        const failure = await failureOf(call);
        expect(failure.kind).to.equal(kind);
        expect(failure.refusal?.status).to.equal(status);
        if (code !== undefined) expect(failure.refusal?.errorCode).to.equal(code);
        expect(JSON.stringify([failure, failure.message, failure.refusal])).not.to.include(PERSONAL);
      });

  const pages: [name: string, call: (management: Management) => Promise<unknown>, kind: string][] = [
    ['a creation', create, 'unknown_outcome'],
    ['a mail', (management) => management.sendVerificationEmail('auth0|1'), 'unknown_outcome'],
    ['a deletion', (management) => management.deleteUser('auth0|1'), 'unknown_outcome'],
    ['a read', (management) => management.getUser('auth0|1'), 'unavailable'],
    [
      'a search',
      (management) => management.searchUsers('q', { page: 0, perPage: 1, sort: 'email:1' }),
      'unavailable',
    ],
    [
      'an import job',
      (management) =>
        management.createUsersImport({ users: Buffer.from('[]'), connectionId: 'c', externalId: 'e' }),
      'unknown_outcome',
    ],
  ];
  it('of a deletion leaves what is gone as it is, and nothing else', async () => {
    const outcomes: unknown[] = [];
    for (const reply of [
      { status: 404, body: { errorCode: 'inexistent_client' } },
      { status: 404, text: 'Not Found', headers: { 'content-type': 'text/html' } },
      { status: 302 },
    ]) {
      authority.answer = () => reply;
      const call = authority.management().deleteClient('abc');
      outcomes.push(
        await call.then(
          () => 'gone',
          (error: ManagementFailure) => error.kind,
        ),
      );
    }
    expect(outcomes).to.deep.equal(['gone', 'refused', 'refused']);
  });

  for (const [name, call, kind] of pages)
    for (const text of ['<html>Please sign in</html>', '{"user_id":"auth0|1"', 'OK'])
      it(`of ${name} that is answered 200 with ${text} is ${kind}`, async () => {
        authority.answer = () => ({ status: 200, text });
        expect((await failureOf(call)).kind).to.equal(kind);
      });

  const tables: [name: string, body: unknown, kept: object][] = [
    [
      'the scopes of which one is missing',
      {
        errorCode: 'insufficient_scope',
        message: 'Insufficient scope, expected any of: create:users,create:user_tickets',
      },
      { errorCode: 'insufficient_scope', missingScopes: ['create:users', 'create:user_tickets'] },
    ],
    [
      'no scope that is none',
      { errorCode: 'insufficient_scope', message: `expected any of: ${PERSONAL}, <b>, Create:Users, ` },
      { errorCode: 'insufficient_scope' },
    ],
    ['no code that is none', { errorCode: `user ${PERSONAL}`, message: 'x' }, {}],
    ['no code that is no text', { errorCode: { a: PERSONAL } }, {}],
    ['nothing of an empty answer', undefined, {}],
    ['nothing of a list', [PERSONAL], {}],
  ];
  for (const [name, body, kept] of tables)
    it(`keeps ${name}`, async () => {
      authority.answer = () => ({ status: 403, body });
      const { refusal } = await failureOf(create);
      // As it is written down: what is not kept is not there.
      expect(JSON.parse(JSON.stringify(refusal))).to.deep.equal({
        status: 403,
        endpoint: 'POST /api/v2/users',
        ...kept,
      });
    });

  const endpoints: [endpoint: string, call: (management: Management) => Promise<unknown>][] = [
    ['GET /api/v2/users/{id}', (m) => m.getUser(`auth0|${PERSONAL}`)],
    ['PATCH /api/v2/users/{id}', (m) => m.updateUser('ada', {})],
    ['GET /api/v2/users-by-email', (m) => m.findUsersByEmail(PERSONAL)],
    ['GET /api/v2/users', (m) => m.searchUsers(PERSONAL, { page: 0, perPage: 1, sort: 'email:1' })],
    ['POST /api/v2/clients/{id}/rotate-secret', (m) => m.rotateClientSecret('abc')],
    ['POST /api/v2/jobs/verification-email', (m) => m.sendVerificationEmail('auth0|1')],
    ['GET /api/v2/jobs/{id}/errors', (m) => m.getImportErrors('job_1')],
    ['DELETE /api/v2/connections/{id}', (m) => m.deleteConnection('con_1')],
    ['POST /api/v2/clients/cimd/register', (m) => m.registerDocument('https://app.example/me.json')],
    [
      'POST /api/v2/jobs/users-imports',
      (m) => m.createUsersImport({ users: Buffer.from('[]'), connectionId: 'c', externalId: 'e' }),
    ],
  ];
  for (const [endpoint, call] of endpoints)
    it(`names the endpoint ${endpoint}, and no id`, async () => {
      authority.answer = () => ({ status: 403, body: { errorCode: 'insufficient_scope' } });
      expect((await failureOf(call)).refusal?.endpoint).to.equal(endpoint);
    });
});
