/** What a declaration must say, and what a performer gets by it: each line below is an error that the compiler must find. */
import { expect } from 'chai';
import { firstGroupOf, relayJob } from '../../../src/relay/relay-job.ts';
import type { ContextOf, Performer, UsersContext } from '../../../workers/relay/performer.ts';

const rules = { name: 'things.do', repeat: 'idempotent', attempts: 3, keepMs: 1 } as const;
const declare = relayJob<{ thing: string }, null>();

// @ts-expect-error -- no tenant rule
export const noTenantRule = declare({ ...rules, access: 'tenant-users', firstCall: 'getUser' });

// @ts-expect-error -- no access
export const noAccess = declare({ ...rules, tenant: 'active', firstCall: 'getUser' });

// @ts-expect-error -- no first call
export const noFirstCall = declare({ ...rules, tenant: 'active', access: 'tenant-users' });

export const nobodysUsers = declare({
  ...rules,
  access: 'tenant-users',
  firstCall: 'getUser',
  // @ts-expect-error -- a tenant's users without a tenant
  tenant: 'none',
});

export const strangeCall = declare({
  ...rules,
  tenant: 'any',
  access: 'api-keys',
  // @ts-expect-error -- a first call that this access does not have
  firstCall: 'getUser',
});

export const noSuchCall = declare({
  ...rules,
  tenant: 'none',
  access: 'management',
  // @ts-expect-error -- no call, but a bucket
  firstCall: 'users_read',
});

// @ts-expect-error -- how it may be repeated
export const noRepeat = declare({
  name: 'x',
  attempts: 1,
  keepMs: 1,
  tenant: 'none',
  access: 'apps',
  firstCall: 'deleteClient',
});

// @ts-expect-error -- the whole account, in a job on a tenant's users
export const reaches: Performer<'deleteUser'> = ({ management }) => management.deleteUser('auth0|1');

// @ts-expect-error -- users, in a job on what the caller consented to
export const reachesUsers: Performer<'listConsents'> = ({ users }) => users.get('auth0|1');

export const reachesApps: Performer<'deleteApiKey'> = ({ management }) =>
  // @ts-expect-error -- apps of third parties, in a job on API keys
  management.updateClient('client', {}) as Promise<null>;

export const reachesUser: Performer<'deleteApiKey'> = ({ management }) =>
  // @ts-expect-error -- users, in a job on API keys
  management.deleteUser('auth0|1') as Promise<null>;

// @ts-expect-error -- another outcome than the declaration's
export const otherOutcome: Performer<'getUserRoles'> = () => Promise.resolve(null);

// @ts-expect-error -- it declares a first call that is paid from another bucket
export const beginsElsewhere = (context: UsersContext<'getUser'>) => context.users.create({});

// @ts-expect-error -- the same the other way round
export const readsFirst = (context: UsersContext<'createUser'>) => context.users.get('auth0|1');

// @ts-expect-error -- to change a user without having looked whose it is, and who asks
export const unseen = (context: ContextOf<'tenant-users'>) => context.users.update('auth0|1', {});

describe('the declaration of a relay job', () => {
  it('is checked by `npm run types`, which fails when a wrong one compiles', () => {
    const job = declare({ ...rules, tenant: 'active', access: 'tenant-users', firstCall: 'getUser' });
    expect(job.tenant).to.equal('active');
  });

  it('names its first call, and with it the bucket whose slot is taken before the job is', () => {
    const job = declare({ ...rules, tenant: 'none', access: 'management', firstCall: 'findConnection' });
    expect(firstGroupOf(job)).to.equal('connections_read');
  });
});
