/** What the authority refuses us is told to whoever can do something about it, and what it says of people to nobody. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/api-keys.ts';
import { apiKey, operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { tenantToMake } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const newEmail = () => `refused-${randomUUID()}@acme.example`;

interface Refusal {
  name: string;
  status: number;
  body: Record<string, unknown>;
  code: string;
  reason: string;
  authority: Record<string, unknown>;
}

const refusals: Refusal[] = [
  {
    name: 'a scope that its client lacks',
    status: 403,
    body: { errorCode: 'insufficient_scope', message: 'Insufficient scope, expected any of: create:users' },
    code: 'upstream_refused',
    reason: 'authority_refused_us',
    authority: { status: 403, error_code: 'insufficient_scope', missing_scopes: ['create:users'] },
  },
  {
    name: 'a feature that the plan lacks',
    status: 403,
    body: { errorCode: 'insufficient_entitlement', message: 'Your plan …' },
    code: 'not_in_plan',
    reason: 'not_in_plan',
    authority: { status: 403, error_code: 'insufficient_entitlement' },
  },
  {
    name: 'a custom domain that is not named',
    status: 409,
    body: {
      errorCode: 'custom_domain_conflict',
      message: 'The tenant has multiple verified custom domains.',
    },
    code: 'upstream_refused',
    reason: 'authority_refused_us',
    authority: { status: 409, error_code: 'custom_domain_conflict' },
  },
  {
    name: 'a connection that it does not know any more',
    status: 400,
    body: { errorCode: 'inexistent_connection', message: 'The connection does not exist.' },
    code: 'upstream_refused',
    reason: 'authority_refused_us',
    authority: { status: 400, error_code: 'inexistent_connection' },
  },
  {
    name: 'an address at which it has nothing',
    status: 404,
    body: { message: 'Not Found' },
    code: 'upstream_refused',
    reason: 'authority_refused_us',
    authority: { status: 404 },
  },
  {
    name: 'a call that is sent elsewhere',
    status: 302,
    body: {},
    code: 'upstream_refused',
    reason: 'authority_refused_us',
    authority: { status: 302 },
  },
  {
    name: 'what it has no code for',
    status: 403,
    body: { message: 'Forbidden' },
    code: 'upstream_refused',
    reason: 'authority_refused_us',
    authority: { status: 403 },
  },
];

describe('what the authority refuses us', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  async function refuse(method: string, path: string, status: number, body: object): Promise<void> {
    const { control } = await world();
    await control.addFault({
      method,
      path,
      effect: { kind: 'answer', status, body: { statusCode: status, ...body } },
    });
  }

  async function workerLines(requestId: string): Promise<Record<string, unknown>[]> {
    const log = await readFile(join((await world()).home, 'logs', 'worker.log'), 'utf8');
    return log
      .split('\n')
      .filter((line) => line.includes(requestId) && line.includes('relay job failed'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  for (const { name, status, body, code, reason, authority } of refusals)
    it(`for ${name}: dead letter and log say so, its caller is told that it is not the caller's fault`, async () => {
      const email = newEmail();
      await refuse('POST', '/api/v2/users', status, {
        ...body,
        message: `${String(body['message'])} ${email}`,
      });
      const answer = await call('POST', '/v1/users', { as: await apiKey('acme'), body: { email } });
      expect([answer.status, answer.body.code]).to.deep.equal([502, code]);
      expect(answer.body).not.to.have.property('detail');

      const { dead_letters: letters } = (
        await call('GET', '/v1/dead-letters?limit=1', { as: await operator() })
      ).body;
      const told = { endpoint: 'POST /api/v2/users', ...authority };
      expect(letters[0]).to.deep.include({
        reason,
        code,
        request_id: answer.body.request_id,
        authority: told,
      });
      await until(async () => (await workerLines(answer.body.request_id)).length > 0);
      const [line] = await workerLines(answer.body.request_id);
      expect(line!['authority']).to.deep.equal(told);
      expect(JSON.stringify([letters[0], line, answer.body])).not.to.include(email);
    });

  const others: [
    what: string,
    method: string,
    path: string,
    send: () => Promise<{ status: number; body: { code?: string } }>,
  ][] = [
    [
      'API of a key',
      'POST',
      '/api/v2/client-grants',
      async () => {
        const body = { name: 'refused', scopes: ['read:users'] };
        return call('POST', '/v1/tenant/api-keys', { as: await apiKey('acme'), body });
      },
    ],
    [
      'search',
      'GET',
      '/api/v2/users',
      async () => call('GET', `/v1/users?name=${randomUUID()}`, { as: await apiKey('acme') }),
    ],
    [
      'look-up',
      'GET',
      '/api/v2/users-by-email',
      async () => call('GET', `/v1/users?email=${newEmail()}`, { as: await apiKey('acme') }),
    ],
  ];
  for (const [what, method, path, send] of others)
    for (const [status, code] of [
      [404, 'inexistent_resource_server'],
      [400, 'inexistent_resource_server'],
      [402, 'payment_required'],
    ] as const)
      it(`is never the caller's own fault: ${status} ${code} of a ${what}`, async () => {
        await refuse(method, path, status, { errorCode: code, message: 'x' });
        const answer = await send();
        expect([answer.status, answer.body.code]).to.deep.equal([502, 'upstream_refused']);
      });

  it('because of a value that it does not search for is said of the filters, and an address that is none is nobody’s', async () => {
    const as = await apiKey('acme');
    await refuse('GET', '/api/v2/users', 400, { errorCode: 'invalid_query_string', message: 'x' });
    const search = await call('GET', `/v1/users?name=${randomUUID()}`, { as });
    expect([search.status, search.body.code]).to.deep.equal([400, 'invalid_parameter']);
    await (await world()).control.clearFaults();
    await refuse('GET', '/api/v2/users-by-email', 400, { errorCode: 'invalid_query_string', message: 'x' });
    const found = await call('GET', `/v1/users?email=${newEmail()}`, { as });
    expect([found.status, found.body.users]).to.deep.equal([200, []]);
  });

  it('is in the answer to an operator, of a job with steps as well', async () => {
    await refuse('POST', '/api/v2/connections', 403, {
      errorCode: 'insufficient_scope',
      message: 'Insufficient scope, expected any of: create:connections',
    });
    const { status, body } = await call('POST', '/v1/tenants', {
      as: await operator(),
      body: tenantToMake(),
    });
    expect([status, body.code]).to.deep.equal([502, 'upstream_refused']);
    expect(body.detail).to.equal(
      'The authority answered 403 insufficient_scope at POST /api/v2/connections, missing scope create:connections.',
    );
    const { dead_letters: letters } = (
      await call('GET', '/v1/dead-letters?limit=1', { as: await operator() })
    ).body;
    const [job] = [letters[0].job_id as string];
    const seen = await call('GET', `/v1/jobs/${job}`, { as: await operator() });
    expect(seen.body.problem.detail).to.equal(body.detail);
  });

  it('is no user who exists, unless it says so', async () => {
    const as = await apiKey('acme');
    const { body: user } = await call('POST', '/v1/users', { as, body: { email: newEmail() } });
    const path = `/v1/users/${encodeURIComponent(user.user_id)}`;
    const change = () => call('PATCH', path, { as, body: { email: newEmail() } });
    await refuse('PATCH', '/api/v2/users/{id}', 400, {
      errorCode: 'auth0_idp_error',
      message: 'The specified new email already exists',
    });
    expect((await change()).body.code).to.equal('user_exists');
    await (await world()).control.clearFaults();
    await refuse('PATCH', '/api/v2/users/{id}', 400, { errorCode: 'invalid_body', message: 'x' });
    expect((await change()).body.code).to.equal('invalid_field');
    await (await world()).control.clearFaults();
    await refuse('PATCH', '/api/v2/users/{id}', 409, {
      errorCode: 'auth0_idp_error',
      message: 'The user already exists.',
    });
    expect((await change()).body.code).to.equal('user_exists');
  });
});
