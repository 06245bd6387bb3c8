/** What an event of the authority means for each tenant, at once. */
import { expect } from 'chai';
import type { AuthorityEvent } from '../../../src/authority-events/authority-event.ts';
import { AuthorityEventStore } from '../../../src/authority-events/authority-event-store.ts';
import type { Claim } from '../../../src/authority-events/claims.ts';
import { OwnChanges, ownUpdate } from '../../../src/authority-events/own-changes.ts';
import type { EmittedEvent } from '../../../src/events/event.ts';
import { keys } from '../../../src/redis/keys.ts';
import { readTenant, saveTenant, type Tenant } from '../../../src/registry/tenants.ts';
import { createUserMarks, refusedAt } from '../../../src/registry/user-marks.ts';
import { applyEvent, type ApplyParts } from '../../../workers/authority-events/apply-event.ts';
import { redisAlone } from '../../support/redis-alone.ts';

const ADA = 'auth0|ada';
const second = (n: number) => `2026-11-23T09:00:0${n}.000Z`;

describe('an event of the authority', () => {
  const redis = redisAlone();
  const tenant = (id: string, more: Partial<Tenant> = {}): Tenant => ({
    id,
    name: id,
    status: 'active',
    connection: 'users',
    created_at: '2026',
    ...more,
  });
  const all = [
    tenant('acme'),
    tenant('globex', { organization: 'org_globex' }),
    tenant('suspended', { status: 'suspended' }),
    tenant('leaving', { status: 'deleting', deletion: { users: 'keep', since: '2026' } }),
  ];
  beforeEach(async () => {
    for (const one of all) await saveTenant(redis(), one);
  });

  const marked = new Set<string>();
  const parts = (): ApplyParts => ({
    redis: redis(),
    store: new AuthorityEventStore(redis()),
    ownChanges: new OwnChanges(redis()),
    readTenant: (id) => readTenant(redis(), id),
    organizationHolder: (organization) =>
      Promise.resolve(all.find((one) => one.organization === organization)),
    marked,
  });
  let count = 0;
  /** @returns what is recorded, `<tenant> <type>`; undefined: it stays */
  async function apply(event: Partial<AuthorityEvent>, at = 1): Promise<string[] | undefined> {
    const { store } = parts();
    const whole: AuthorityEvent = {
      id: String((count += 1)),
      kind: 'changed',
      userId: ADA,
      time: second(at),
      updatedAt: second(at),
      isBlocked: false,
      claims: [{ tenantId: 'acme' }],
      ...event,
    };
    await store.add(whole);
    await redis().del(keys.outbox);
    const entry = (await store.read(undefined)).at(-1)!;
    if (!(await applyEvent(parts(), entry))) return undefined;
    const recorded = await redis().xrange(keys.outbox, '-', '+');
    return recorded
      .map(([, [, text = '']]) => JSON.parse(text) as EmittedEvent)
      .map(({ tenant_id, type, target }) => {
        expect(target).to.equal(ADA);
        return `${tenant_id} ${type.replace(/^user\.|_elsewhere$/g, '')}`;
      });
  }
  const isRefused = async (tenantId: string) => (await refusedAt(redis(), tenantId, ADA)) !== undefined;
  const rereads = () => redis().zrange(keys.authorityRereads, '0', '-1');

  it('of a block refuses at once, and of its end only has the user read', async () => {
    expect(await apply({ isBlocked: true })).to.deep.equal(['acme blocked']);
    expect(await isRefused('acme')).to.equal(true);
    expect(await rereads()).to.deep.equal([]);
    expect(await apply({ isBlocked: true }, 2)).to.deep.equal(['acme changed']);
    expect(await apply({ isBlocked: false }, 3)).to.deep.equal(['acme unblocked']);
    expect(await isRefused('acme'), 'until the user is read').to.equal(true);
    expect(await rereads()).to.deep.equal([`acme ${ADA}`]);
  });

  it('says what was before if it knows better', async () => {
    expect(await apply({ isBlocked: false, wasBlocked: true })).to.deep.equal(['acme unblocked']);
    expect(await apply({ isBlocked: true, wasBlocked: true }, 2)).to.deep.equal(['acme changed']);
    expect(await isRefused('acme')).to.equal(true);
  });

  it('that comes late refuses nobody who was let in since', async () => {
    const marks = createUserMarks(redis(), 'acme');
    await marks.changed({ user_id: ADA, roles: [], blocked: false, updated_at: second(5) });
    await apply({ isBlocked: true }, 4);
    expect(await isRefused('acme')).to.equal(false);
  });

  it('is for the tenants of which the registry says the same, and no others', async () => {
    const of = async (...claims: Claim[]) => apply({ claims });
    expect(await of({ tenantId: 'acme' }, { tenantId: 'globex', organization: 'org_globex' })).to.deep.equal([
      'acme changed',
      'globex changed',
    ]);
    expect(await of({ tenantId: 'globex', organization: 'org_other' })).to.deep.equal([]);
    expect(await of({ tenantId: 'acme', organization: 'org_globex' })).to.deep.equal([]);
    expect(await of({ tenantId: 'nobodys' }, { tenantId: 'leaving' }, { tenantId: '*' })).to.deep.equal([]);
    expect(await of({ tenantId: 'suspended' })).to.deep.equal(['suspended changed']);
  });

  it('of a deletion, and of leaving, refuses what was issued so far', async () => {
    expect(await apply({ kind: 'deleted' })).to.deep.equal(['acme deleted']);
    expect(await isRefused('acme')).to.equal(true);
    const left = { kind: 'left', claims: [{ organization: 'org_globex' }] } as const;
    expect(await apply({ ...left, claims: [...left.claims] })).to.deep.equal(['globex left']);
    expect(await isRefused('globex')).to.equal(true);
    expect(await rereads()).to.deep.equal([`globex ${ADA}`]);
  });

  it('of a user who was taken from a tenant refuses the user there alone', async () => {
    const claims: Claim[] = [{ tenantId: 'globex' }, { tenantId: 'acme', isGone: true }];
    expect(await apply({ claims })).to.deep.equal(['globex changed', 'acme left']);
    expect([await isRefused('acme'), await isRefused('globex')]).to.deep.equal([true, false]);
  });

  it('of a deletion of nobody knows whose user refuses everywhere, and is recorded nowhere', async () => {
    expect(await apply({ kind: 'deleted', claims: [], isOfUnknownTenant: true })).to.deep.equal([]);
    expect(await isRefused('*')).to.equal(true);
  });

  it('of a creation has nobody read, unless the id was refused before', async () => {
    expect(await apply({ kind: 'created' })).to.deep.equal(['acme created']);
    expect(await rereads()).to.deep.equal([]);
    await apply({ kind: 'deleted' }, 2);
    await apply({ kind: 'created' }, 3);
    expect(await rereads()).to.deep.equal([`acme ${ADA}`]);
  });

  it('that may be of our own change refuses at once, and is recorded when the answer tells', async () => {
    const { ownChanges, store } = parts();
    const change = await ownChanges.begin([ADA]);
    expect(await apply({ isBlocked: true })).to.equal(undefined);
    expect(await isRefused('acme')).to.equal(true);
    const [entry] = await store.read(undefined);
    const announced = await redis().xlen(keys.registryChanges);
    expect(await applyEvent(parts(), entry!)).to.equal(false);
    expect(await redis().xlen(keys.registryChanges), 'announced once').to.equal(announced);
    await ownChanges.end([ADA], change, ownUpdate(second(2)));
    expect(await applyEvent(parts(), entry!)).to.equal(true);
    const [[, [, text = '']] = ['', []]] = await redis().xrange(keys.outbox, '-', '+');
    expect((JSON.parse(text) as EmittedEvent).type).to.equal('user.blocked_elsewhere');
    expect(await apply({ isBlocked: true }, 2), 'our own').to.deep.equal([]);
  });

  it('of a far future is taken for one of now, so that it outlasts nothing', async () => {
    await apply({ isBlocked: true, updatedAt: '9999-01-01T00:00:00.000Z', time: '9999-01-01T00:00:00.000Z' });
    const inTwoMinutes = Date.now() + 120_000;
    expect(await refusedAt(redis(), 'acme', ADA)).to.be.below(inTwoMinutes);
    // Later, by any means: unblocked, and signed in again.
    const updated_at = new Date(inTwoMinutes).toISOString();
    await createUserMarks(redis(), 'acme').changed({ user_id: ADA, roles: [], blocked: false, updated_at });
    expect(await isRefused('acme')).to.equal(false);
    const [[, [, text = '']] = ['', []]] = await redis().xrange(keys.outbox, '-', '+');
    expect(Date.parse((JSON.parse(text) as EmittedEvent).time)).to.be.below(Date.now() + 60_000);
  });
});
