/** Look-up by email at an authority that keeps addresses as they came: Auth0 compares their case there, and not in its search. */
import { expect } from 'chai';
import { listUsers } from '../../../workers/relay/listUsers.ts';
import { TenantUsers } from '../../../workers/relay/tenant-users.ts';
import { startAnswering, type AnsweringAuthority } from '../../auth0/answering.ts';

const TENANT = 'acme';
const aUser = (email: string, tenant_id = TENANT) => ({
  user_id: `auth0|${email}`,
  email,
  app_metadata: { tenant_id, roles: ['member'] },
});

describe('a look-up by email', () => {
  let authority: AnsweringAuthority;
  let users: ReturnType<typeof aUser>[];
  before(async () => {
    authority = await startAnswering();
  });
  after(() => authority.close());
  beforeEach(() => {
    users = [];
    authority.received.length = 0;
    authority.answer = ({ path }) => {
      const { pathname, searchParams } = new URL(path, 'http://x');
      if (pathname === '/api/v2/users-by-email')
        return { status: 200, body: users.filter(({ email }) => email === searchParams.get('email')) };
      const [, sought = ''] = /AND email:"(.*)"$/.exec(searchParams.get('q')!) ?? [];
      const found = users.filter(({ email }) => email.toLowerCase() === sought.toLowerCase());
      return {
        status: 200,
        body: { users: found, total: found.length, start: 0, limit: 100, length: found.length },
      };
    };
  });

  async function find(email: string, filters = {}): Promise<string[]> {
    const users = new TenantUsers(authority.management(), new Map(), TENANT, () =>
      Promise.resolve(undefined),
    );
    const { users: found } = await listUsers(
      { users, tenantId: TENANT, userMarks: undefined as never },
      { email, filters },
      { mayHaveRun: false, jobId: '1', checkMaker: () => Promise.resolve() },
    );
    return found.map((user) => user.email);
  }

  const spellings = ['ada@acme.example', 'Ada@acme.example', 'ADA@ACME.EXAMPLE', 'ada@Acme.Example'];
  for (const stored of spellings)
    for (const asked of spellings)
      it(`finds ${stored} for ${asked}`, async () => {
        users = [aUser(stored)];
        expect(await find(asked)).to.deep.equal([stored]);
      });

  it('costs one call when it is found as it is asked for', async () => {
    users = [aUser('ada@acme.example')];
    await find('ada@acme.example');
    expect(authority.received).to.have.length(1);
  });

  it('never finds a user of another tenant, in whatever case', async () => {
    users = [aUser('ada@acme.example', 'globex'), aUser('Ada@acme.example', 'globex')];
    for (const asked of spellings) expect(await find(asked)).to.deep.equal([]);
  });

  it('finds its own user beside one of another tenant with the same address in another case', async () => {
    users = [aUser('ada@acme.example', 'globex'), aUser('ADA@acme.example')];
    expect(await find('ada@acme.example')).to.deep.equal(['ADA@acme.example']);
  });

  it('applies the other filters, too', async () => {
    users = [aUser('Ada@acme.example')];
    expect(await find('ada@acme.example', { role: 'admin' })).to.deep.equal([]);
    expect(await find('ada@acme.example', { role: 'member' })).to.have.length(1);
  });

  it('lets nobody search by what an address holds', async () => {
    await find('x"@acme.example OR email:*');
    const queries = authority.received.flatMap(
      ({ path }) => new URL(path, 'http://x').searchParams.get('q') ?? [],
    );
    expect(queries).to.deep.equal([
      String.raw`app_metadata.tenant_id:"acme" AND email:"x\"@acme.example OR email:*"`,
    ]);
  });
});
