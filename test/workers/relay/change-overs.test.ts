/** Change-overs that meet something else: another job of theirs, the tenant's deletion, the end of an earlier one. At a real registry. */
import { expect } from 'chai';
import { parsePlan } from '../../../src/plans.ts';
import { Problem } from '../../../src/problem.ts';
import { keys } from '../../../src/redis/keys.ts';
import { changeTenant, readTenant, saveTenant, type Tenant } from '../../../src/registry/tenants.ts';
import type { StartTenantChangeOverInput } from '../../../src/relay/jobs/startTenantChangeOver.ts';
import { createKeyedHash } from '../../../src/secrets/keyed-hash.ts';
import { createSeal } from '../../../src/secrets/seal.ts';
import { stepsOfFinishing } from '../../../workers/relay/change-over/finish-steps.ts';
import { stepsOfChangeOver } from '../../../workers/relay/change-over/start-steps.ts';
import { deleteTenant as deletion } from '../../../workers/relay/deleteTenant.ts';
import { finishChangeOvers } from '../../../workers/relay/finish-change-overs.ts';
import { performOrUndo } from '../../../workers/relay/in-steps.ts';
import type { ManagementContext } from '../../../workers/relay/performer.ts';
import { createPerformerContexts } from '../../../workers/relay/performer-contexts.ts';
import { stepsOfDeletion } from '../../../workers/relay/tenant-deletion-steps.ts';
import { startAnswering, type AnsweringAuthority, type Received, type Reply } from '../../auth0/answering.ts';
import { redisAlone } from '../../support/redis-alone.ts';
import { codeOf } from './code-of.ts';

const created_at = '2031-01-01T00:00:00.000Z';
const ORG = 'org_1';
const OK: Reply = { status: 200, body: {} };
const GONE: Reply = { status: 404, body: { statusCode: 404, error: 'Not Found', message: 'x' } };
const BAD: Reply = { status: 400, body: { statusCode: 400, error: 'Bad Request', message: 'x' } };
const ENDED = '{"type":"tenant.change_over_finished"}';
const SETTINGS = 'auth0|tenant-acme';
const acme: Tenant = { id: 'acme', name: 'Acme', status: 'active', connection: 'users', created_at };
const begun = { made_by: 'job', since: created_at };
const aUser = (id: string) => ({ user_id: `auth0|${id}`, created_at, app_metadata: { tenant_id: 'acme' } });

describe('change-overs of tenants', () => {
  const redis = redisAlone();
  let authority: AnsweringAuthority;
  let context: ManagementContext;
  /** Organizations at the authority: id → metadata. */
  let organizations: Map<string, { name: string; metadata: Record<string, string> }>;
  let members: string[];
  let settings: boolean;
  /** Answers before the authority's state does. */
  let first: (call: Received, endpoint: string) => Reply | undefined;

  const endpointOf = ({ method, path }: Received) =>
    `${method} ${decodeURIComponent(path.split('?')[0]!).replace('/api/v2/', '')}`;
  const calls = () => authority.received.map(endpointOf);
  const shown = (id: string) => readTenant(redis(), id);

  function answer(call: Received): Reply {
    const endpoint = endpointOf(call);
    const early = first(call, endpoint);
    if (early) return early;
    const [method, kind, id, part] = endpoint.split(/[ /]/);
    const query = new URL(call.path, 'http://x').searchParams;
    if (kind === 'connections')
      return { status: 200, body: { connections: [{ id: 'con_1', name: 'users' }] } };
    if (kind === 'users' && id === SETTINGS) {
      if (method === 'DELETE') settings = false;
      if (!settings) return GONE;
      const identities = [{ connection: 'settings' }];
      return { status: 200, body: { user_id: SETTINGS, identities, app_metadata: { trivium_tenant: {} } } };
    }
    if (kind === 'users' && method === 'POST') {
      settings = true;
      return { status: 201, body: { user_id: SETTINGS } };
    }
    if (kind === 'users' && id === undefined) {
      const users = query.get('q')?.startsWith('app_metadata.tenant_id:"acme"') ? ['1', '2'].map(aUser) : [];
      return { status: 200, body: { users, total: users.length, start: 0, limit: 100 } };
    }
    if (kind === 'users') return { status: 200, body: aUser('1') };
    if (kind !== 'organizations') return OK;
    if (method === 'POST' && id === undefined) {
      const { name, metadata } = call.body as { name: string; metadata: Record<string, string> };
      organizations.set('org_new', { name, metadata });
      return { status: 201, body: { id: 'org_new', name, metadata } };
    }
    const known = id === 'name' ? [...organizations].find(([, { name }]) => name === part)?.[0] : id!;
    const found = known === undefined ? undefined : organizations.get(known);
    if (known === undefined || !found) return GONE;
    if (part === 'members') {
      members.push(...(call.body['members'] as string[]));
      return { status: 204 };
    }
    if (part === 'enabled_connections')
      return method === 'GET' ? { status: 200, body: [] } : { status: 201, body: {} };
    if (method === 'DELETE') {
      organizations.delete(known);
      return { status: 204 };
    }
    if (method === 'PATCH' && call.body['metadata'])
      found.metadata = call.body['metadata'] as Record<string, string>;
    return { status: 200, body: { id: known, ...found } };
  }

  beforeEach(async () => {
    authority = await startAnswering();
    authority.answer = answer;
    organizations = new Map([[ORG, { name: 'one', metadata: { plan: 'gold' } }]]);
    members = [];
    settings = false;
    first = () => undefined;
    const key = { current: 'k', byId: new Map([['k', Buffer.alloc(32, 7)]]) };
    context = createPerformerContexts({
      redis: redis(),
      seal: createSeal(key),
      keyedHash: createKeyedHash(Buffer.alloc(32, 7)),
      audience: 'https://api.example/',
      roles: new Map(),
      settingsPlace: { database: 'settings', clientId: 'worker' },
      plan: parsePlan('100,500')!,
      offersOrganizations: true,
      managementFor: () => authority.management(),
    }).whole('interactive');
  });
  afterEach(() => authority.close());

  const start = (jobId: string, aims: Partial<StartTenantChangeOverInput>) =>
    performOrUndo(
      context.jobSteps,
      jobId,
      stepsOfChangeOver(context, jobId, { id: 'acme', sharedClients: [], ...aims }),
      Infinity,
    );
  const finish = async (madeBy: string) => {
    for (const { perform } of stepsOfFinishing(context, { id: 'acme', madeBy }, ENDED))
      await perform({}, true);
  };
  const deleteTenant = async () => {
    const tenant = (await shown('acme'))!;
    await saveTenant(redis(), {
      ...tenant,
      status: 'deleting',
      deletion: { users: 'keep', since: created_at },
    });
    for (const { perform } of stepsOfDeletion(context, 'acme', 'keep')) await perform({}, true);
  };

  describe('that fail for good', () => {
    const secondUser = (call: Received) =>
      (call.body['members'] as string[] | undefined)?.includes('auth0|2') ? BAD : undefined;

    it('stay where members may be in an organization that stays, and go on with the same request', async () => {
      await saveTenant(redis(), acme);
      first = secondUser;
      expect(await codeOf(start('job', { organization: ORG }))).to.equal('invalid_field');
      expect(members).to.deep.equal(['auth0|1']);
      expect((await shown('acme'))?.change_over).to.include({ organization_id: ORG, members_begun: true });
      expect(organizations.get(ORG)?.metadata).to.include({ plan: 'gold', tenant_id: 'acme' });
      // Fails before it is as far as the first one was.
      first = (_, endpoint) => (endpoint.startsWith('GET connections') ? BAD : undefined);
      expect(await codeOf(start('job2', { organization: ORG }))).to.not.equal('done');
      expect((await shown('acme'))?.change_over).to.include({ organization_id: ORG });
      first = () => undefined;
      await start('job3', { organization: ORG });
      expect(await shown('acme')).to.include({ organization: ORG });
      expect((await shown('acme'))?.change_over)
        .to.include({ open: true })
        .and.not.have.property('members_begun');
    });

    it('let the organization go when the tenant is deleted', async () => {
      await saveTenant(redis(), acme);
      first = secondUser;
      await codeOf(start('job', { organization: ORG }));
      await deleteTenant();
      expect(organizations.get(ORG)?.metadata).to.deep.equal({ plan: 'gold' });
    });

    it('are undone where the organization is gone, and its members with it', async () => {
      await saveTenant(redis(), acme);
      first = secondUser;
      await codeOf(start('job', { organization: ORG }));
      organizations.delete(ORG);
      expect(await codeOf(start('job2', { organization: ORG }))).to.equal('unknown_organization');
      expect(await shown('acme')).to.not.have.property('change_over');
    });

    it('are undone before the shared web app is enabled for the database, which stays so', async () => {
      for (const organization of ['org_unknown', 'new']) {
        await saveTenant(redis(), acme);
        organizations.set('org_taken', { name: 'acme', metadata: {} });
        const aims = { web_app: 'shared', organization, sharedClients: ['spa'] } as const;
        expect(await codeOf(start(`job-${organization}`, aims))).to.equal(
          organization === 'new' ? 'organization_exists' : 'unknown_organization',
        );
        expect(await shown('acme')).to.deep.equal(acme);
      }
      expect(calls().filter((one) => !one.startsWith('GET'))).to.deep.equal([]);
    });

    it('are undone with the organization of an earlier job, at whatever call the later one fails', async () => {
      const over = { ...begun, web_app: 'shared', organization: 'new', organization_id: 'org_new' } as const;
      const aims = { web_app: 'shared', organization: 'new', sharedClients: ['spa'] } as const;
      for (const [at, refused] of ['GET connections', 'PATCH connections/con_1/clients'].entries()) {
        await saveTenant(redis(), { ...acme, change_over: { ...over, members_begun: true } });
        organizations.set('org_new', { name: 'acme', metadata: { tenant_id: 'acme', made_by: 'job' } });
        // One that wants something else takes nothing back.
        const { web_app: _other, ...others } = aims;
        expect(await codeOf(start(`other${at}`, others))).to.equal('change_over_under_way');
        expect([...organizations.keys()]).to.include('org_new');
        first = (_, endpoint) => (endpoint === refused ? BAD : undefined);
        expect(await codeOf(start(`later${at}`, aims))).to.not.equal('done');
        first = () => undefined;
        expect(await shown('acme'), refused).to.deep.equal(acme);
        expect([...organizations.keys()]).to.deep.equal([ORG]);
      }
    });

    it('are undone where no member was added, or the organization was theirs', async () => {
      for (const [organization, refused] of [
        [ORG, 'enabled_connections'],
        ['new', 'members'],
      ] as const) {
        await saveTenant(redis(), acme);
        first = (_, endpoint) => (endpoint.endsWith(refused) ? BAD : undefined);
        expect(await codeOf(start(`job-${organization}`, { organization }))).to.equal('invalid_field');
        expect(await shown('acme')).to.deep.equal(acme);
        expect([...organizations]).to.deep.equal([[ORG, { name: 'one', metadata: { plan: 'gold' } }]]);
      }
    });
  });

  for (const [what, then] of [
    ['gone', undefined],
    ['given up by another job', acme],
  ] as const)
    it(`leave no organization behind where the tenant is ${what} when it is made`, async () => {
      await saveTenant(redis(), { ...acme, change_over: { ...begun, organization: 'new' } });
      let made: Promise<unknown> | undefined;
      first = (_, endpoint) => {
        if (endpoint === 'POST organizations') made = changeTenant(redis(), 'acme', '*', then);
        return undefined;
      };
      const ended = await codeOf(start('job', { organization: 'new' }));
      await made;
      expect(ended).to.equal(then ? 'change_over_not_open' : 'not_found');
      expect([...organizations.keys()]).to.deep.equal([ORG]);
    });

  it('leave no organization behind that a later job makes while the tenant is deleted', async () => {
    await saveTenant(redis(), { ...acme, change_over: { ...begun, organization: 'new' } });
    let gone: Promise<unknown> | undefined;
    first = (_, endpoint) => {
      if (endpoint === 'POST organizations') gone = changeTenant(redis(), 'acme', '*', undefined);
      return undefined;
    };
    expect(await codeOf(start('job2', { organization: 'new' }))).to.equal('not_found');
    await gone;
    expect([...organizations.keys()]).to.deep.equal([ORG]);
  });

  it('are not begun again by a job that comes late', async () => {
    for (const [done, aims] of [
      [{ organization: ORG }, { organization: ORG }],
      [{ organization: ORG }, { organization: 'org_2' }],
      [{ organization: ORG, owns_organization: true }, { organization: 'new' }],
      [{ shared_web_app: true }, { web_app: 'shared' }],
      [{ shared_web_app: true }, { web_app: 'shared', organization: 'new' }],
    ] as const) {
      await saveTenant(redis(), { ...acme, ...done });
      expect(await codeOf(start(`job-${JSON.stringify([done, aims])}`, aims))).to.equal(
        'change_over_not_possible',
      );
      expect(await shown('acme')).to.deep.equal({ ...acme, ...done });
    }
  });

  it('are not finished by the job of an earlier one', async () => {
    const change_over = {
      ...begun,
      made_by: 'job2',
      organization: ORG,
      organization_id: ORG,
      open: true,
    } as const;
    await saveTenant(redis(), { ...acme, organization: ORG, change_over });
    await finish('job');
    expect((await shown('acme'))?.change_over).to.deep.equal(change_over);
    await finish('job2');
    expect(await shown('acme')).to.deep.equal({ ...acme, organization: ORG });
  });

  it('add home users only, also while guests are found', async () => {
    const change_over = { ...begun, organization: ORG, organization_id: ORG, open: true } as const;
    await saveTenant(redis(), { ...acme, organization: ORG, change_over });
    await finish('job');
    const searches = authority.received.filter((call) => endpointOf(call) === 'GET users');
    for (const { path } of searches)
      expect(new URL(path, 'http://x').searchParams.get('q')).to.equal('app_metadata.tenant_id:"acme"');
    expect(members).to.deep.equal(['auth0|1', 'auth0|2']);
  });

  it('add the others where some are members already, and name the one who is refused', async () => {
    await saveTenant(redis(), acme);
    const taken: Reply = {
      status: 409,
      body: { statusCode: 409, error: 'Conflict', message: 'The member already exists.' },
    };
    const membersOf = (call: Received) => (call.body['members'] as string[] | undefined) ?? [];
    first = (call) => (membersOf(call).includes('auth0|1') ? taken : undefined);
    await start('job', { organization: ORG });
    expect(members).to.deep.equal(['auth0|2']);
    await saveTenant(redis(), acme);
    first = (call) => (membersOf(call).includes('auth0|2') ? BAD : undefined);
    const error = await start('job2', { organization: ORG }).catch((refused: unknown) => refused);
    expect(error).to.be.instanceOf(Problem);
    expect((error as Problem).parts.detail).to.contain('auth0|2');
  });

  it('are counted with what a deletion would remove: the organization that was created, home users, no guests', async () => {
    const preparing = { ...begun, organization: 'new', organization_id: ORG } as const;
    const guest = {
      user_id: 'auth0|g',
      created_at,
      app_metadata: { [ORG]: { tenant_id: 'acme', roles: [] } },
    };
    first = (call, endpoint) => {
      if (endpoint === 'GET grants')
        return { status: 200, body: { grants: [], total: 0, start: 0, limit: 100 } };
      const isOfGuests = endpoint === 'GET users' && decodeURIComponent(call.path).includes(ORG);
      const body = { users: [guest], total: 1, start: 0, limit: 100 };
      return isOfGuests ? { status: 200, body } : undefined;
    };
    for (const [more, organizations] of [
      [{}, 0],
      [{ change_over: { ...begun, organization: 'new' } }, 0],
      [{ change_over: preparing }, 1],
      [{ change_over: { ...preparing, organization: ORG } }, 0],
      [{ organization: ORG, owns_organization: true, change_over: { ...preparing, open: true } }, 1],
      [{ organization: ORG }, 0],
    ] as const) {
      await saveTenant(redis(), { ...acme, ...more });
      const dryRun = { confirmation: 'c', confirmBefore: created_at };
      const attempt = { mayHaveRun: false, jobId: 'job', checkMaker: () => Promise.resolve() };
      const told = await deletion(context, { id: 'acme', users: 'delete', dryRun }, attempt);
      expect(told, JSON.stringify(more)).to.include({ organizations, userCount: 2 });
    }
  });

  it('wait for users whom the authority does not know as such yet', async () => {
    await saveTenant(redis(), acme);
    first = (_, endpoint) => (endpoint.endsWith('members') ? GONE : undefined);
    expect(await codeOf(start('job', { organization: ORG }))).to.equal('unavailable');
    first = () => undefined;
    await start('job', { organization: ORG });
    expect(members).to.deep.equal(['auth0|1', 'auth0|2']);
  });

  it('wait for an organization that the authority does not know everywhere yet', async () => {
    for (const write of [`PATCH organizations/${ORG}`, `POST organizations/${ORG}/enabled_connections`]) {
      await saveTenant(redis(), acme);
      first = (_, endpoint) => (endpoint === write ? GONE : undefined);
      expect(await codeOf(start(write, { organization: ORG }))).to.equal('unavailable');
    }
  });

  describe('and a deletion of the tenant', () => {
    const finishing: Tenant = {
      ...acme,
      web_app: 'spa',
      change_over: { ...begun, web_app: 'shared', open: true, finishing_since: created_at },
    };

    it('leave no settings behind that were moved before it', async () => {
      await saveTenant(redis(), finishing);
      settings = true;
      await deleteTenant();
      expect(settings).to.equal(false);
      expect(await shown('acme')).to.equal(undefined);
    });

    it('move no settings after it began', async () => {
      await saveTenant(redis(), { ...finishing, status: 'deleting' });
      expect(await codeOf(finish('job'))).to.equal('tenant_busy');
      expect(calls()).to.not.include('POST users');
    });

    for (const [what, then] of [
      ['is done', undefined],
      ['begins', { ...finishing, status: 'deleting' }],
    ] as const)
      it(`take moved settings back when it ${what} meanwhile`, async () => {
        await saveTenant(redis(), finishing);
        first = (_, endpoint) => {
          if (endpoint === 'POST users') void changeTenant(redis(), 'acme', '*', then);
          return undefined;
        };
        expect(await codeOf(finish('job'))).to.equal('tenant_busy');
        expect(settings).to.equal(false);
      });
  });

  it('are taken over by one tenant, whichever is first', async () => {
    await saveTenant(redis(), acme);
    for (const more of [
      { organization: ORG },
      { change_over: { ...begun, organization: ORG } },
      { change_over: { ...begun, organization: 'new', organization_id: ORG } },
    ]) {
      await saveTenant(redis(), { ...acme, id: 'globex', ...more });
      expect((await context.tenants.organizationHolder(ORG, 'acme'))?.id).to.equal('globex');
      expect(await context.tenants.organizationHolder(ORG, 'globex')).to.equal(undefined);
    }
  });

  describe('that are due', () => {
    const at = (ms: number) => new Date(ms).toISOString();
    const over = { ...begun, web_app: 'shared', open: true } as const;
    const [before, now] = [50_000, 100_000];
    const toOrganization = { ...over, organization: ORG, organization_id: ORG, ends_at: at(now) } as const;
    let queued: unknown[];
    const upkeep = () =>
      finishChangeOvers(context, redis(), { now, before }, (which) => {
        queued.push(which);
        return Promise.resolve();
      });
    beforeEach(() => {
      queued = [];
    });

    it('are left to their job for a while before the upkeep queues another', async () => {
      for (const [change_over, isDue] of [
        [over, false],
        [{ ...over, ends_at: at(now + 1) }, false],
        [{ ...over, ends_at: at(now) }, true],
        [{ ...over, finishing_since: at(before + 1) }, false],
        [{ ...over, finishing_since: at(before + 1), ends_at: at(now) }, false],
        [{ ...over, finishing_since: at(before), ends_at: at(now + 1) }, true],
        [{ made_by: 'job', since: created_at, web_app: 'shared', ends_at: at(now) }, false],
        // The search does not show everybody who was created before it was open.
        [{ ...toOrganization, opened_at: at(now - 59_999) }, false],
        [{ ...toOrganization, opened_at: at(now - 60_000) }, true],
        [{ ...over, ends_at: at(now), opened_at: at(now) }, true],
      ] as const) {
        queued = [];
        await saveTenant(redis(), { ...acme, change_over });
        await Promise.all([upkeep(), upkeep()]);
        expect(queued, JSON.stringify(change_over)).to.deep.equal(
          isDue ? [{ id: 'acme', madeBy: 'job' }] : [],
        );
        const { finishing_since } = (await shown('acme'))!.change_over as { finishing_since?: string };
        if (isDue) expect(finishing_since! > at(now)).to.equal(true);
        else expect((await shown('acme'))?.change_over).to.deep.equal(change_over);
        // It is that job's now.
        await upkeep();
        expect(queued.length).to.equal(isDue ? 1 : 0);
      }
      expect(calls()).to.deep.equal([]);
    });

    it('are finished once, and told once in the log of the tenant, by however many jobs', async () => {
      await saveTenant(redis(), { ...acme, change_over: over });
      await redis().del(keys.registryOutbox);
      await Promise.all([finish('job'), finish('job')]);
      await finish('job');
      const entries = await redis().xrange(keys.registryOutbox, '-', '+');
      expect(entries.map(([, [, text]]) => text)).to.deep.equal([ENDED]);
    });

    it("are not their upkeep's while members are added, however long that takes", async () => {
      const finishing_since = at(before);
      await saveTenant(redis(), {
        ...acme,
        organization: ORG,
        change_over: { ...toOrganization, finishing_since },
      });
      first = (_, endpoint) =>
        endpoint.startsWith('DELETE') || endpoint.startsWith('POST users') ? BAD : undefined;
      await codeOf(finish('job'));
      expect(members).to.deep.equal(['auth0|1', 'auth0|2']);
      await upkeep();
      expect(queued).to.deep.equal([]);
    });
  });

  it('have no end that passed before they were open', async () => {
    for (const ends_at of ['2020-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z']) {
      const isAhead = ends_at.startsWith('2999');
      await saveTenant(redis(), acme);
      await start(`late-${ends_at}`, { web_app: 'shared', endsAt: ends_at });
      expect((await shown('acme'))?.change_over?.ends_at).to.equal(isAhead ? ends_at : undefined);
      // Or while members were added.
      await saveTenant(redis(), { ...acme, change_over: { ...begun, web_app: 'shared', ends_at } });
      const steps = stepsOfChangeOver(context, 'job', { id: 'acme', sharedClients: [], web_app: 'shared' });
      await steps.at(-1)!.perform({}, false);
      const { change_over } = (await shown('acme'))!;
      expect(change_over).to.include({ open: true }).and.to.have.property('opened_at');
      expect(change_over?.ends_at).to.equal(isAhead ? ends_at : undefined);
    }
  });
});
