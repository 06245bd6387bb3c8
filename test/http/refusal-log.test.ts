/** Why a request was refused stands in its log line: the code, and the reason that its caller is not told. Never the credential. */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newApiKey, until } from '../support/api-keys.ts';
import { aMoment, eventsSince } from '../support/audit.ts';
import { apiKey, basic, demoTenant, tenantToken, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

interface Refused {
  as?: string;
  path?: string;
  method?: string;
  status: number;
  code: string;
  reason: RegExp;
}

describe('the log line of a refused request', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  async function lineOf(requestId: string): Promise<Record<string, unknown>> {
    const file = join((await world()).home, 'logs', 'api.log');
    let line: string | undefined;
    await until(() => {
      const lines = readFileSync(file, 'utf8').split('\n');
      line = lines.find((one) => one.includes(requestId) && one.includes('"ms":'));
      return Promise.resolve(line !== undefined);
    });
    return JSON.parse(line!) as Record<string, unknown>;
  }

  it('has its code and the reason', async () => {
    const since = await aMoment();
    const { client_id } = (await demoTenant('acme')).api_key;
    const secret = randomUUID();
    const elsewhere = await newApiKey('acme', { allowed_addresses: ['203.0.113.7'] });
    const { authority, audience, control } = await world();
    const iat = Math.floor(Date.now() / 1000);
    const good = {
      iss: authority,
      aud: audience,
      azp: client_id,
      sub: `${client_id}@clients`,
      iat,
      exp: iat + 60,
    };
    const token = async (claims: object) => `Bearer ${await control.signToken({}, { ...good, ...claims })}`;
    const cases: Refused[] = [
      { status: 401, code: 'authentication_required', reason: /no credential/ },
      { as: 'Basic x', status: 401, code: 'invalid_authorization_header', reason: /base64/ },
      { as: basic(client_id, secret), status: 401, code: 'invalid_api_key', reason: /exchange: / },
      { as: basic(client_id, secret), status: 401, code: 'invalid_api_key', reason: /a moment ago/ },
      { as: basic('?', secret), status: 401, code: 'invalid_api_key', reason: /client id/ },
      { as: `Bearer ${secret}`, status: 401, code: 'invalid_token', reason: /not a JWT/ },
      {
        as: await token({ aud: 'https://other.example' }),
        status: 401,
        code: 'invalid_token',
        reason: /\baud\b/,
      },
      { as: await token({ exp: 1 }), status: 401, code: 'invalid_token', reason: /\bexp\b/ },
      { as: elsewhere.as, status: 403, code: 'address_not_allowed', reason: /address/ },
      {
        as: await user('acme', 'member'),
        path: '/v1/users',
        status: 403,
        code: 'insufficient_role',
        reason: /read:users/,
      },
      {
        as: await apiKey('acme'),
        path: '/v1/me/consents',
        status: 403,
        code: 'caller_not_allowed',
        reason: /tenant/,
      },
      {
        as: `Bearer ${secret}`,
        path: '/oauth/register/some-app',
        status: 401,
        code: 'invalid_token',
        reason: /registration/,
      },
    ];
    const told: [string, string][] = [];
    // Refusals of a kind are recorded one by one until there are many: other tests have had theirs elsewhere.
    for (const { as, path = '/v1/tenant/usage', method = 'GET', status, code, reason } of cases) {
      const id = `refused-${randomUUID().slice(0, 20)}`;
      const answer = await call(method, path, { as, headers: { 'x-request-id': id } });
      expect(answer.status, code).to.equal(status);
      const line = await lineOf(id);
      expect(line, id).to.include({ status, code });
      expect(String(line['reason']), `${code} ${JSON.stringify(line)}`).to.match(reason);
      expect(JSON.stringify(line)).to.not.include(secret);
      told.push([id, code]);
    }
    const events = await eventsSince(since);
    for (const [id, code] of told)
      expect(
        events.find(({ request_id }) => request_id === id),
        `event of ${code}`,
      ).to.include({ code });
  });

  it('repeats nothing that stood in a body, and is silent of what went well', async () => {
    const as = await tenantToken('acme');
    const ids = [randomUUID(), randomUUID()];
    const mark = `x${randomUUID().slice(0, 8)}`;
    const body = `email,${mark}\nada@acme.example,1\n`;
    const headers = { 'content-type': 'text/csv', 'x-request-id': ids[0]! };
    const refused = await call('POST', '/v1/user-imports', { as: await apiKey('acme'), body, headers });
    expect(refused.body.detail).to.include(mark);
    expect(JSON.stringify(await lineOf(ids[0]!)))
      .to.include('"code":"invalid_columns"')
      .and.not.include(mark);
    await call('GET', '/v1/me', { as, headers: { 'x-request-id': ids[1]! } });
    expect(await lineOf(ids[1]!)).to.not.have.any.keys('code', 'reason');
  });
});
