/** What each operation costs of the account's rate limit, by the way in which a tenant is kept: the table in docs/tenants.md. */
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { aMoment } from '../support/audit.ts';
import { existingUsers, SHARED } from '../support/adoptions.ts';
import { management } from '../support/authority.ts';
import { operator } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { accepted, ended } from '../support/imports.ts';
import { ownDeployment, type OwnDeployment } from '../support/own-deployment.ts';
import { anOrganization, aSharedTenant, aTenant, newTenantId, type MadeTenant } from '../support/tenants.ts';
import { moveInto, world, WORLD_MS } from '../support/world.ts';

const ways = { own: aTenant, shared: aSharedTenant, organization: anOrganization } as const;
type Way = keyof typeof ways;

/** Rows of the table: operation → number of calls, in the order of `ways`. */
const table = new Map(
  [...readFileSync('docs/tenants.md', 'utf8').matchAll(/^\| `(\w+)`[^|]*((?:\| +\d+ +){3})\|$/gm)].map(
    ([, operation, numbers]) => [operation!, numbers!.match(/\d+/g)!.map(Number)] as const,
  ),
);

const OFFERED = { TENANT_ORGANIZATIONS: 'none,organization' };

interface Place extends MadeTenant {
  way: Way;
}
const aUser = async ({ key, id }: Place): Promise<string> => {
  const body = { email: `${newTenantId()}@${id}.example` };
  return (await call('POST', '/v1/users', { as: key, body })).headers.get('location')!;
};
const done = (answer: Answer) => expect(answer.status, JSON.stringify(answer.body)).to.be.within(200, 204);
/** Of the tenant's key, on a user that there is. */
const onAUser =
  (method: string, below = '', body?: object) =>
  async (place: Place) => {
    const path = await aUser(place);
    return async () => done(await call(method, path + below, { as: place.key, ...(body && { body }) }));
  };

/** Of ten users. */
async function adoption(path: string, connection: string): Promise<() => Promise<unknown>> {
  const { query } = await existingUsers(10, { connection });
  const as = await operator();
  return async () => {
    const answer = await call('POST', `${path}/user-adoptions`, { as, body: { query } });
    done(answer);
    expect(answer.body).to.include({ adopted: 10 });
  };
}

/** For each row: prepares, and gives what is counted. */
const tried: Record<string, (place: Place) => Promise<() => Promise<unknown>> | (() => Promise<unknown>)> = {
  createUser: (place) => () => aUser(place),
  getUser: onAUser('GET'),
  listUsers:
    ({ key }) =>
    async () =>
      done(await call('GET', '/v1/users?limit=100', { as: key })),
  updateUser: onAUser('PATCH', '', { name: 'Changed' }),
  deleteUser: onAUser('DELETE'),
  getUserRoles: onAUser('GET', '/roles'),
  replaceUserRoles: onAUser('PUT', '/roles', { roles: ['member'] }),
  listUserSessions: onAUser('GET', '/sessions'),
  endUserSessions: onAUser('DELETE', '/sessions'),
  createPasswordReset: onAUser('POST', '/password-reset', {}),
  sendVerificationEmail: onAUser('POST', '/verification-email'),
  createUserImport: (place) => async () => {
    const rows = Array.from({ length: 10 }, () => ({ email: `${newTenantId()}@${place.id}.example` }));
    await ended(await accepted(rows, { as: place.key, query: '?channel=row_by_row' }), place.key);
  },
  adoptUsers: async ({ path, way }) => {
    if (way === 'own') return adoption(path, `${path.split('/').at(-1)!}-users`);
    return adoption(path, SHARED);
  },
  adoptClient: async ({ path }) => {
    const { clients } = await management();
    const { client_id } = await clients.create({
      name: 'Existing',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_post',
    });
    const body = { client_id, as: 'api_key', scopes: ['read:tenant'] };
    const as = await operator();
    return async () => done(await call('POST', `${path}/client-adoptions`, { as, body }));
  },
  createTenant:
    ({ way }) =>
    () =>
      ways[way](),
  deleteTenant: async ({ way }) => {
    const { path } = await ways[way]();
    const as = await operator();
    // Who has changed since the deletion began is looked at again: its admin must be older than that.
    await aMoment();
    const { body } = await call('DELETE', `${path}?users=delete&dry_run=true`, { as });
    return async () =>
      done(await call('DELETE', `${path}?users=delete&confirm=${body.confirmation}`, { as }));
  },
};

describe('calls of operations', () => {
  const places = new Map<Way, Place>();
  let own: OwnDeployment;
  let moveOut: () => void;
  before(async function () {
    this.timeout(2 * WORLD_MS);
    // What the upkeep writes of tenants is not part of what is counted.
    own = await ownDeployment({
      apiSettings: OFFERED,
      workerSettings: { ...OFFERED, UPKEEP_SECONDS: '3600' },
    });
    moveOut = moveInto({ ...own, apis: [own.api, own.api] });
    for (const [way, make] of Object.entries(ways) as [Way, typeof aTenant][])
      places.set(way, { ...(await make()), way });
  });
  after(async () => {
    moveOut?.();
    await own?.end();
  });

  async function callsOf(work: () => Promise<unknown>): Promise<string[]> {
    const { control } = await world();
    await control.forgetCalls();
    await work();
    return (
      Object.entries(await control.calls())
        // The API's scopes are read now and then, for all tenants together.
        .filter(([endpoint]) => endpoint.includes('/api/v2/') && !endpoint.includes('/resource-servers/'))
        .flatMap(([endpoint, statuses]) =>
          Object.values(statuses).flatMap((times) => Array<string>(times).fill(endpoint)),
        )
    );
  }

  it('are counted for each row of the table', () => {
    expect([...table.keys()]).to.have.members(Object.keys(tried));
  });

  for (const [operation, prepare] of Object.entries(tried))
    it(`${operation}: as the table says`, async () => {
      const counted: string[][] = [];
      for (const place of places.values()) {
        const work = await prepare(place);
        counted.push(await callsOf(work));
      }
      expect(
        counted.map(({ length }) => length),
        JSON.stringify(counted),
      ).to.deep.equal(table.get(operation));
    }).timeout(WORLD_MS);
});
