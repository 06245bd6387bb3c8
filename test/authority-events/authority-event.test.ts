/** What is kept of a delivery. */
import { expect } from 'chai';
import { readDelivery, type Delivery } from '../../src/authority-events/authority-event.ts';
import { Problem } from '../../src/problem.ts';

const AT = '2026-11-23T09:00:00.000Z';
const of = (
  type: string,
  object: Record<string, unknown>,
  previous_object?: Record<string, unknown>,
): Delivery => ({
  id: 'evt_1',
  type,
  time: AT,
  data: { object, ...(previous_object && { previous_object }) },
});
const ADA = { user_id: 'auth0|ada', updated_at: AT, app_metadata: { tenant_id: 'acme', roles: ['admin'] } };

describe('an event of the authority', () => {
  it('keeps ids, times and states, and nothing else', () => {
    const event = readDelivery(
      of('user.updated', {
        ...ADA,
        email: 'ada@acme.example',
        name: 'Ada',
        blocked: true,
        user_metadata: { hobby: 'chess' },
        identities: [{ user_id: 'ada' }],
      }),
    );
    expect(event).to.deep.equal({
      id: 'evt_1',
      kind: 'changed',
      userId: 'auth0|ada',
      time: AT,
      updatedAt: AT,
      isBlocked: true,
      claims: [{ tenantId: 'acme' }],
    });
  });

  it('keeps no time that is none, or that is long', () => {
    for (const updated_at of [
      'today',
      `${AT.slice(0, -1)}${'0'.repeat(1_000)}Z`,
      `${AT} (${'a'.repeat(1_000)})`,
    ])
      expect(readDelivery(of('user.updated', { ...ADA, updated_at })), updated_at).not.to.have.property(
        'updatedAt',
      );
  });

  it('names tenants by the home tenant and by marks of organizations', () => {
    const app_metadata = {
      tenant_id: 'acme',
      org_1: { tenant_id: 'globex', roles: [] },
      org_2: 'something else',
      other: { tenant_id: 'initech' },
    };
    expect(readDelivery(of('user.created', { ...ADA, app_metadata }))?.claims).to.deep.equal([
      { tenantId: 'acme' },
      { tenantId: 'globex', organization: 'org_1' },
    ]);
  });

  it('names tenants that the user belonged to before', () => {
    const event = readDelivery(of('user.updated', { ...ADA, app_metadata: {} }, ADA));
    expect(event?.claims).to.deep.equal([{ tenantId: 'acme', isGone: true }]);
    const stays = readDelivery(of('user.updated', { ...ADA, name: 'A' }, ADA));
    expect(stays?.claims).to.deep.equal([{ tenantId: 'acme' }]);
  });

  it('says what was before only if the delivery does', () => {
    const was = (previous?: object) =>
      readDelivery(of('user.updated', { ...ADA, blocked: true }, previous && { ...ADA, ...previous }))
        ?.wasBlocked;
    expect(was()).to.equal(undefined);
    expect(was({ name: 'A' })).to.equal(false);
    expect(was({ blocked: true, name: 'A' })).to.equal(true);
  });

  it('is nothing where a sign-in changed only what every sign-in changes', () => {
    const signedIn = {
      ...ADA,
      last_login: AT,
      logins_count: 7,
      last_ip: '192.0.2.1',
      updated_at: '2026-11-24',
    };
    expect(readDelivery(of('user.updated', signedIn, ADA))).to.equal(undefined);
  });

  it('is nothing where it concerns no tenant, is of another type, or a test', () => {
    expect(readDelivery(of('user.updated', { ...ADA, app_metadata: {} }))).to.equal(undefined);
    expect(readDelivery(of('user.created', { user_id: 'auth0|x' }))).to.equal(undefined);
    expect(readDelivery(of('connection.created', { id: 'con_1' }))).to.equal(undefined);
    expect(readDelivery(of('constructor', ADA))).to.equal(undefined);
    expect(readDelivery({ ...of('user.deleted', ADA), a0purpose: 'test' })).to.equal(undefined);
  });

  it('of a deletion that shows no record concerns whoever had the user', () => {
    const event = readDelivery(of('user.deleted', { user_id: 'auth0|x' }));
    expect(event).to.deep.include({ kind: 'deleted', isOfUnknownTenant: true, claims: [] });
    expect(readDelivery(of('user.deleted', { user_id: 'auth0|x', created_at: AT }))).to.equal(undefined);
    expect(readDelivery(of('user.deleted', ADA))).to.deep.include({ claims: [{ tenantId: 'acme' }] });
  });

  it('of a member names the organization', () => {
    const object = {
      organization: { id: 'org_1', name: 'acme' },
      user: { user_id: 'auth0|ada', email: 'x' },
    };
    expect(readDelivery(of('organization.member.deleted', object))).to.deep.equal({
      id: 'evt_1',
      kind: 'left',
      userId: 'auth0|ada',
      time: AT,
      claims: [{ organization: 'org_1' }],
    });
  });

  it('is bounded, whatever a record says', () => {
    const many = Object.fromEntries(
      Array.from({ length: 500 }, (_, i) => [`org_${i}`, { tenant_id: 'acme' }]),
    );
    const long = 'x'.repeat(1_000);
    const app_metadata = { tenant_id: long, [`org_${long}`]: { tenant_id: 'acme' }, ...many };
    const event = readDelivery(of('user.updated', { ...ADA, app_metadata }));
    expect(event?.claims).to.have.length(50);
    expect(JSON.stringify(event)).not.to.include(long);
  });

  it('is refused where it names no user', () => {
    for (const user_id of [undefined, 7, '', 'auth0', `auth0|${'x'.repeat(300)}`, 'a b|c'])
      expect(() => readDelivery(of('user.updated', { ...ADA, user_id })), String(user_id)).to.throw(Problem);
  });
});
