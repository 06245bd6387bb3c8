/** Cursors are good for whoever they were given to, for the same listing, for a day; and for nothing else. */
import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { loadContract } from '../../src/contract/load-contract.ts';
import { openCursor, sealCursor, toPage, type Listing } from '../../src/operations/cursor.ts';
import { Problem } from '../../src/problem.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { newApiKey, until } from '../support/api-keys.ts';
import { apiKey, app, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world, WORLD_MS } from '../support/world.ts';

const seal = createSeal({ current: 'k1', byId: new Map([['k1', randomBytes(32)]]) });
const principal = {
  kind: 'app',
  tenantId: 't',
  clientId: 'c',
  userId: 'u',
  scopes: [],
  grantedScopes: [],
  roles: [],
} as const;
const listing: Listing = {
  seal,
  operationId: 'listUsers',
  principal,
  filters: { role: 'admin', name: undefined },
};
const position = { createdAt: '2026-11-23T09:00:00.000Z', given: 1 };
const A_DAY_MS = 86_400_000;

function refused(open: () => unknown): void {
  try {
    open();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect([error.code, error.parts.errors?.[0]?.pointer]).to.deep.equal(['invalid_cursor', '/cursor']);
    return;
  }
  throw new Error('a cursor was taken that should not have been');
}

describe('cursors', () => {
  for (const [found, page, last] of [
    [[], [], undefined],
    [['a', 'b'], ['a', 'b'], undefined],
    [['a', 'b', 'c'], ['a', 'b'], 'b'],
  ] as const)
    it(`of ${found.length} items where 2 are a page lead on from ${last ?? 'nowhere'}`, () => {
      const { next_cursor, ...rest } = toPage(listing, found, 2, (item) => item);
      expect(rest).to.deep.equal({ page });
      expect(openCursor(listing, next_cursor)).to.equal(last);
    });

  it('lead on from where they were given, for a day', () => {
    const now = Date.now();
    const cursor = sealCursor(listing, position, now);
    expect(openCursor(listing, cursor, now)).to.deep.equal(position);
    const asGiven = { ...listing, filters: { name: undefined, role: 'admin' } };
    expect(openCursor(asGiven, cursor, now + A_DAY_MS - 1)).to.deep.equal(position);
    refused(() => openCursor(listing, cursor, now + A_DAY_MS));
    expect(openCursor(listing, undefined)).to.equal(undefined);
  });

  it('are no good for another caller, listing or filter', () => {
    const cursor = sealCursor(listing, position);
    const others: Partial<Listing>[] = [
      { operationId: 'listUserImports' },
      ...[{}, { role: 'member' }, { role: 'admin', name: 'x' }, { name: 'admin' }].map((filters) => ({
        filters,
      })),
      { principal: { ...principal, tenantId: 'other' } },
      { principal: { ...principal, clientId: 'other' } },
      { principal: { ...principal, userId: 'other' } },
      { principal: { ...principal, kind: 'user' } },
      { principal: { kind: 'tenant', tenantId: 't', clientId: 'c', scopes: [] } },
      { principal: { kind: 'operator', clientId: 'c', scopes: [] } },
      { principal: undefined },
      { seal: createSeal({ current: 'k1', byId: new Map([['k1', randomBytes(32)]]) }) },
    ];
    for (const other of others) refused(() => openCursor({ ...listing, ...other }, cursor));
    // What nobody can read moves between no two of its parts.
    const split = { ...listing, principal: { ...principal, clientId: 'c","u', userId: '' } };
    refused(() => openCursor(split, cursor));
  });

  it('are refused with any character changed, added or left out', () => {
    const cursor = sealCursor(listing, position);
    for (let i = 0; i < cursor.length; i += 1) {
      for (const other of ['A', 'B', '.', '=', '-', '!', ''])
        if (other !== cursor[i])
          refused(() => openCursor(listing, cursor.slice(0, i) + other + cursor.slice(i + 1)));
    }
    for (const more of ['A', '=', '.', ' ', '\n', '!']) refused(() => openCursor(listing, cursor + more));
    for (const text of [
      '',
      '.',
      '....',
      'v1....',
      'v1.k1...',
      'x',
      '{}',
      'v1.__proto__.a.b.c',
      '0'.repeat(1000),
    ])
      refused(() => openCursor(listing, text));
  });

  it('say nothing to whoever has them, and fit where they are sent back', () => {
    const place = { clientId: `https://${'x'.repeat(504)}`, registeredAt: Date.now() };
    const keyId = 'k'.repeat(20);
    const long = createSeal({ current: keyId, byId: new Map([[keyId, randomBytes(32)]]) });
    expect(sealCursor({ ...listing, seal: long }, place)).to.have.length.below(1000);
    const cursor = sealCursor(listing, position);
    for (const part of cursor.split('.'))
      expect(Buffer.from(part, 'base64url').toString()).to.not.contain('2026');
  });
});

describe('cursors over HTTP', () => {
  const contract = loadContract();
  const listings = [...contract.operations.values()].filter(({ parameters }) =>
    parameters.some(({ name }) => name === 'cursor'),
  );
  let importPath: string;
  let adoptionPath: string;

  before(async function () {
    this.timeout(WORLD_MS);
    await world();
    const as = await apiKey('acme');
    const rows = Array.from({ length: 3 }, (_, i) => ({ email: `cursor-${Date.now()}-${i}@acme.example` }));
    const made = await call('POST', '/v1/user-imports', { as, body: rows });
    expect(made.status).to.be.oneOf([201, 202]);
    importPath = made.headers.get('location')!;
    const nobody = { user_ids: ['auth0|nobody'] };
    const path = '/v1/tenants/acme/user-adoptions?dry_run=true';
    const adoption = await call('POST', path, { as: await operator(), body: nobody });
    // Of the adoption, or of its job: they have one id.
    adoptionPath = `/v1/tenants/acme/user-adoptions/${adoption.body.id as string}`;
    await until(async () => {
      const { body } = await call('GET', adoptionPath, { as: await operator() });
      return body.state === 'ended';
    });
  });

  const pathOf = (path: string) =>
    path
      .replace('/v1/user-imports/{import_id}', importPath)
      .replace('/v1/tenants/{tenant_id}/user-adoptions/{adoption_id}', adoptionPath);
  /** Searches and look-ups by email: what a page of users costs. */
  const callsAtAuthority = async () => {
    const calls = await (await world()).control.calls();
    return JSON.stringify([calls['GET /api/v2/users'], calls['GET /api/v2/users-by-email']]);
  };
  const at = (path: string, cursor: string) =>
    `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ cursor }).toString()}`;

  it('are known in every listing of the contract', () => {
    expect(listings.map(({ id }) => id)).to.have.members([
      'listUsers',
      'listUserImports',
      'listUserImportRows',
      'listAuditEvents',
      'listAllAuditEvents',
      'listApps',
      'listTenantApps',
      'listTenants',
      'listDeadLetters',
      'listRefusals',
      'listAdoptedUsers',
    ]);
  });

  for (const { id, path, security } of listings)
    it(`${id}: one that was made up is refused, and asks the authority nothing`, async () => {
      const as = security.has('user') ? await user('acme') : await operator();
      const before = await callsAtAuthority();
      const made = ['["2026-01-01T00:00:00.000Z",1]', '["2026-01-01T00:00:00.000Z",100000]', '1', 'acme'];
      made.push('1-1 acme', '1-1 globex', '2026-01-01T00:00:00.000Z', '1.c', importPath.split('/').at(-1)!);
      const cursors = made.flatMap((text) => [text, Buffer.from(text).toString('base64url')]);
      for (const cursor of cursors) {
        const { status, body } = await call('GET', at(pathOf(path), cursor), { as });
        expect([cursor, status, body.code]).to.deep.equal([cursor, 400, 'invalid_cursor']);
        expect(body.errors[0]).to.include({ in: 'query', pointer: '/cursor' });
      }
      const tooLong = await call('GET', at(pathOf(path), 'x'.repeat(1_001)), { as });
      expect([tooLong.status, tooLong.body.errors[0].pointer]).to.deep.equal([400, '/cursor']);
      expect(await callsAtAuthority()).to.equal(before);
    });

  it('of users are good for the caller and filters that they were given to', async () => {
    const [key, other] = [await apiKey('acme'), await newApiKey('acme', { scopes: ['read:users'] })];
    const first = await call('GET', '/v1/users?limit=1&created_from=2020-01-01T00:00:00Z', { as: key });
    const cursor = first.body.next_cursor as string;
    const path = '/v1/users?created_from=2020-01-01T00:00:00Z';
    const before = await callsAtAuthority();
    const foreign = [
      other.as,
      await user('acme'),
      await app('acme'),
      await apiKey('globex'),
      await user('globex'),
    ];
    for (const as of foreign)
      expect((await call('GET', at(path, cursor), { as })).body.code).to.equal('invalid_cursor');
    for (const changed of [
      `${path}&role=admin`,
      '/v1/users',
      `${path}&email=a@acme.example`,
      '/v1/users?created_from=2020-01-01T00:00:01Z',
      '/v1/user-imports',
    ])
      expect((await call('GET', at(changed, cursor), { as: key })).body.code).to.equal('invalid_cursor');
    expect(await callsAtAuthority()).to.equal(before);
    // The same instant, written in another way, and another limit are the same listing.
    const same = await call('GET', at('/v1/users?limit=2&created_from=2020-01-01T01:00:00%2B01:00', cursor), {
      as: key,
      api: 1,
    });
    expect(same.status).to.equal(200);
    expect(await callsAtAuthority()).to.not.equal(before);
    expect(same.body.users[0].user_id).to.not.equal(first.body.users[0].user_id);
    const link = /<([^>]+)>/.exec(first.headers.get('link')!)![1]!;
    expect((await call('GET', link, { as: key })).status).to.equal(200);
  });

  it('in the answer of a job are good for whoever reads that', async () => {
    const as = await apiKey('acme');
    const { headers } = await call('GET', '/v1/users?limit=1', { as, headers: { prefer: 'respond-async' } });
    const path = headers.get('location')!;
    let cursor: string | undefined;
    while (cursor === undefined) {
      const { body } = await call('GET', path, { as });
      cursor = body.answer?.body.next_cursor as string | undefined;
    }
    expect((await call('GET', at('/v1/users', cursor), { as })).status).to.equal(200);
    expect((await call('GET', at('/v1/users', cursor), { as: await user('acme') })).status).to.equal(400);
  });
});
