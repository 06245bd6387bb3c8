import { expect } from 'chai';
import { managementOf } from '../support/authority.ts';
import { basic } from '../support/callers.ts';
import { ownDeployment, type OwnDeployment } from '../support/own-deployment.ts';
import { WORLD_MS } from '../support/world.ts';

/** A few more than the authority serves of one search. */
const USERS = 1_070;
const AT_ONCE = 50;

describe('a tenant with more users than one search serves', () => {
  let deployment: OwnDeployment;
  let authorization: string;

  before(async function () {
    this.timeout(2 * WORLD_MS);
    deployment = await ownDeployment();
    await deployment.control.change({ plan: 'off' });
    const { client_id, client_secret } = deployment.tenants[0]!.api_key;
    authorization = basic(client_id, client_secret);
    const sdk = managementOf(deployment);
    const create = (tenant: string, i: number) =>
      sdk.users.create({
        connection: `${tenant}-users`,
        email: `u${i}@${tenant}.example`,
        password: 'Correct-horse-7',
        verify_email: false,
        app_metadata: { tenant_id: tenant, roles: ['member'] },
      });
    for (let i = 0; i < USERS; i += AT_ONCE)
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, USERS - i) }, (_, n) => create('acme', i + n)),
      );
    await create('globex', 0);
  });
  after(async function () {
    this.timeout(WORLD_MS);
    await deployment?.end();
  });

  const get = async (path: string) => {
    const response = await fetch(deployment.api + path, { headers: { authorization } });
    expect(response.status).to.equal(200);
    return {
      body: (await response.json()) as { users: { email: string }[]; exceeds_search_limit?: boolean },
      next: /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1],
    };
  };

  it('is read to its end, each once, and told where one search would have ended', async () => {
    const emails: string[] = [];
    const exceeds: (boolean | undefined)[] = [];
    for (let path: string | undefined = '/v1/users?limit=97'; path !== undefined;) {
      const { body, next } = await get(path);
      emails.push(...body.users.map(({ email }) => email));
      exceeds.push(body.exceeds_search_limit);
      path = next;
    }
    // The demo tenant's own two besides.
    expect(emails.filter((email) => /^u\d+@acme/.test(email))).to.have.length(USERS);
    expect(new Set(emails).size).to.equal(emails.length);
    expect(emails.filter((email) => !email.endsWith('@acme.example'))).to.deep.equal([]);
    expect([exceeds[0], exceeds.at(-1)]).to.deep.equal([true, false]);
  });

  it('is filtered beyond it, too', async () => {
    const { body } = await get(`/v1/users?limit=5&email=${encodeURIComponent(`u${USERS - 1}@acme.example`)}`);
    expect(body.users).to.have.length(1);
    const { body: blocked } = await get('/v1/users?blocked=true&limit=5');
    expect(blocked).to.deep.include({ users: [], exceeds_search_limit: false });
  });
});
