/** Operators who are people: users whose token has the claim of the authority's Action, by the console's client only. */
import { expect } from 'chai';
import { accessToken } from '../../src/start/sign-in.ts';
import { until } from '../support/api-keys.ts';
import { auditEvents, type AuditEvent } from '../support/audit.ts';
import { demoTenant, demoUser } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { newTenantId, tenantToMake } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

const HOUR_S = 3_600;

type Claims = Record<string, unknown>;

describe('an operator who is a person', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  async function signedIn(who: { email: string; password: string }): Promise<string> {
    const { api, authority, audience, console } = await world();
    const token = await accessToken({
      authority,
      audience,
      clientId: console.client_id,
      redirectUri: `${api}/console`,
      scope: 'openid',
      email: who.email,
      password: who.password,
    });
    return `Bearer ${token}`;
  }

  const person = async () => signedIn((await world()).console.operator);

  /** A token as the authority would sign it if its Action said so. */
  async function token(claims: Record<string, unknown>): Promise<string> {
    const { authority, audience, console, control } = await world();
    const iat = Math.floor(Date.now() / 1000);
    const { operator_of, tenant_id, roles, ...standard } = claims;
    const signed = await control.signToken(
      {},
      {
        iss: authority,
        aud: audience,
        azp: console.client_id,
        sub: 'auth0|somebody',
        iat,
        exp: iat + HOUR_S,
        ...standard,
        [`${audience}/operator_of`]: operator_of,
        [`${audience}/tenant_id`]: tenant_id,
        [`${audience}/roles`]: roles,
      },
    );
    return `Bearer ${signed}`;
  }

  const tenants = async (as: string) => (await call('GET', '/v1/tenants', { as })).status;

  it('may what the operator may, and nothing of a tenant', async () => {
    const as = await person();
    expect(await tenants(as)).to.equal(200);
    expect((await call('GET', '/v1/users', { as })).body.code).to.equal('caller_not_allowed');
  });

  it('is in the audit with what was done', async () => {
    const id = newTenantId();
    const made = await call('POST', '/v1/tenants', { as: await person(), body: tenantToMake(id) });
    expect(made.status).to.equal(201);
    const { console } = await world();
    let events: AuditEvent[] = [];
    await until(async () => {
      const made = await auditEvents({ type: 'tenant.created' });
      events = made.filter(({ target }) => target === id);
      return events.length > 0;
    });
    expect(events.map(({ principal }) => principal)).to.deep.equal([
      { kind: 'operator', client_id: console.client_id, user_id: console.operator.user_id },
    ]);
  });

  it('is signed by the authority: this is how', async () => {
    expect(await tenants(await token({ operator_of: 'operators' }))).to.equal(200);
  });

  const refused: [what: string, claims: () => Claims | Promise<Claims>][] = [
    ['of another connection', () => ({ operator_of: 'users' })],
    ['of an organization', () => ({ operator_of: 'operators', org_id: 'org_1' })],
    ['of a tenant, too', () => ({ operator_of: 'operators', tenant_id: 'acme' })],
    [
      "by a tenant's web app",
      async () => ({ operator_of: 'operators', azp: (await demoTenant('acme')).spa_client_id }),
    ],
    [
      'by the shared web app',
      async () => ({ operator_of: 'operators', azp: (await world()).webApp.client_id }),
    ],
    [
      'that is the client itself',
      async () => ({ operator_of: 'operators', sub: `${(await world()).console.client_id}@clients` }),
    ],
    ['who only has a role of that name', () => ({ tenant_id: 'acme', roles: ['operator', 'admin'] })],
    ['without the claim', () => ({ roles: ['operator'] })],
  ];
  for (const [what, claims] of refused)
    it(`is nobody ${what}`, async () => {
      expect(await tenants(await token(await claims()))).to.be.oneOf([401, 403]);
    });

  it('is nobody where no people are operators', async () => {
    const { startApi } = await world();
    const api = await startApi('api-without-operators', { PORT: '0', OPERATORS_FROM: '' });
    try {
      const { status } = await fetch(`${api.url}/v1/tenants`, {
        headers: { authorization: await token({ operator_of: 'operators' }) },
      });
      expect(status).to.equal(401);
    } finally {
      await api.stop();
    }
  });

  it("shares the console with users of all tenants, who stay their tenants'", async () => {
    for (const id of ['acme', 'globex'] as const) {
      const as = await signedIn(await demoUser(id, 'admin'));
      const { status, body } = await call('GET', '/v1/tenant', { as });
      expect([status, body.id]).to.deep.equal([200, id]);
      expect(await tenants(as)).to.equal(403);
    }
  });
});
