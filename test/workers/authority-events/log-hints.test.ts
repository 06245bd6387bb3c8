/** What the tenant log says of users, by events as they were recorded at Auth0. */
import { expect } from 'chai';
import type { Auth0LogEvent } from '../../../src/auth0/management-logs.ts';
import { hintsIn } from '../../../workers/authority-events/log-hints.ts';

const OWN = 'workers';
let count = 0;
const log = (type: string, more: Partial<Auth0LogEvent> = {}): Auth0LogEvent => ({
  log_id: `900${(count += 1)}`,
  date: '2026-11-23T09:00:00.000Z',
  type,
  client_id: 'dashboard',
  user_id: null,
  details: null,
  ...more,
});
const operation = (method: string, path: string, body?: object, response?: object, client_id = 'dashboard') =>
  log('sapi', { client_id, details: { request: { method, path, body }, response: { body: response } } });
const hints = (...logs: Auth0LogEvent[]) => hintsIn(logs, OWN).map(({ log: _, ...hint }) => hint);

describe('what the tenant log says of users', () => {
  const ada = { what: 'user', userId: 'auth0|ada', isNew: false };

  it('is who was changed, deleted or created by the Management API, not by us', () => {
    const path = '/api/v2/users/auth0%7Cada';
    expect(hints(operation('patch', path))).to.deep.equal([ada]);
    expect(hints(operation('delete', path))).to.deep.equal([ada]);
    expect(hints(operation('post', `${path}/roles`))).to.deep.equal([ada]);
    const made = operation('post', '/api/v2/users', { email: 'a@b.c' }, { user_id: 'auth0|ada' });
    expect(hints(made)).to.deep.equal([{ ...ada, isNew: true }]);
    expect(hints(operation('patch', path, {}, {}, OWN))).to.deep.equal([]);
  });

  it('is who signed up, was deleted, or changed password, email or name; no sign-in', () => {
    expect(hints(log('ss', { user_id: 'auth0|ada' }))).to.deep.equal([{ ...ada, isNew: true }]);
    for (const type of ['sdu', 'scp', 'sce', 'sscim'])
      expect(hints(log(type, { user_id: 'auth0|ada' })), type).to.deep.equal([ada]);
    for (const type of ['s', 'slo', 'seacft', 'f', 'limit_wc'])
      expect(hints(log(type, { user_id: 'auth0|ada' })), type).to.deep.equal([]);
    expect(hints(log('sdu', { user_id: '' }), log('scp'))).to.deep.equal([]);
  });

  it('is who became a member of an organization, or is none any more', () => {
    const of = (method: string) =>
      operation(method, '/api/v2/organizations/org_1/members', { members: ['auth0|ada', 7, 'auth0|bo'] });
    const member = (what: string, userId: string) => ({ what, userId, organization: 'org_1' });
    expect(hints(of('post'))).to.deep.equal([member('joined', 'auth0|ada'), member('joined', 'auth0|bo')]);
    expect(hints(of('delete'))).to.deep.equal([member('left', 'auth0|ada'), member('left', 'auth0|bo')]);
    expect(hints(operation('delete', '/api/v2/organizations/org_1'))).to.deep.equal([]);
  });

  it('is one reading for each user, whatever is in the log', () => {
    const path = '/api/v2/users/auth0%7Cada';
    expect(
      hints(operation('patch', path), operation('patch', path), log('sce', { user_id: 'auth0|ada' })),
    ).to.have.length(1);
    for (const details of [
      null,
      'x',
      [],
      { request: null },
      { request: { path: 7 } },
      { request: { path: '/%' } },
    ])
      expect(hints(log('sapi', { details }))).to.deep.equal([]);
  });
});
