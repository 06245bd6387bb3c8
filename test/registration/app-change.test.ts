import { expect } from 'chai';
import { changeApp, endAllowance, endApprovals } from '../../src/registration/app-change.ts';
import { assertedParts, identityOf } from '../../src/registration/app-identity.ts';
import type { ClientRegistration } from '../../src/registry/client-registration.ts';
import type { AppClient, NextApp } from '../../src/registry/clients.ts';

const metadata: ClientRegistration = {
  client_name: 'Reports',
  redirect_uris: ['https://reports.example/done'],
  token_endpoint_auth_method: 'none',
  application_type: 'web',
  scope: 'read:users',
};
const was = identityOf(metadata);
const wider = identityOf({ ...metadata, scope: 'read:users read:tenant', client_name: 'Others' });
const app: AppClient = {
  kind: 'app',
  client_id: 'c',
  created_at: '',
  name: 'Reports',
  registration: 'dynamic',
  status: 'approved',
  scopes: was.scopes,
  identity: was,
};
const to = (identity = wider, more: Partial<NextApp> = {}): NextApp => ({
  identity,
  flags: [],
  byItself: 'approved',
  affirmed: [],
  ...more,
});
const statusAfter = (more: Partial<AppClient>, next: NextApp) =>
  changeApp({ ...app, ...more }, was, next, 'now').app.status;

describe('what becomes of decisions when an app changes', () => {
  it('an approval ends beyond what was approved, by whomever, and the configuration’s does not', () => {
    expect(statusAfter({}, to())).to.equal('approved');
    expect(statusAfter({}, to(wider, { byItself: 'pending' }))).to.equal('pending');
    for (const decided of [{ status_on: was }, { status_by: 'o' }, { statement_issuer: 'i' }]) {
      expect(statusAfter(decided, to())).to.equal('pending');
      expect(statusAfter(decided, to(was))).to.equal('approved');
    }
  });

  it('a flag that it gets ends an approval; one that it loses gives none', () => {
    const flags: NextApp['flags'] = ['operator_name'];
    expect(statusAfter({ status_on: was }, to(was, { flags }))).to.equal('pending');
    expect(statusAfter({ status_on: was, flags }, to(was, { flags }))).to.equal('approved');
    expect(statusAfter({}, to(was, { flags, byItself: 'pending' }))).to.equal('pending');
    expect(statusAfter({ status: 'pending', flags }, to(was))).to.equal('pending');
  });

  it('blocked stays blocked, by whom it was', () => {
    const { app: after } = changeApp({ ...app, status: 'blocked', status_by: 'o' }, was, to(), 'now');
    expect(after).to.include({ status: 'blocked', status_by: 'o', name: 'Others' });
  });

  it('a software statement approves what it says itself, and nothing else', () => {
    const by = { statement_issuer: 'i', status_on: was };
    expect(statusAfter(by, to(wider, { affirmed: ['name'] }))).to.equal('pending');
    const whole = to(wider, { affirmed: ['name', 'scopes'] });
    const { app: after } = changeApp({ ...app, ...by }, was, whole, 'now');
    expect(after.status).to.equal('approved');
    expect(after.status_on).to.deep.equal(wider);
    expect(assertedParts(metadata, ['client_name', 'scope'])).to.deep.equal(['name', 'shown', 'scopes']);
    expect(assertedParts({ ...metadata, logo_uri: 'https://l.example/' }, ['scope'])).to.deep.equal([
      'scopes',
    ]);
  });

  it('ending decisions ahead changes nothing else', () => {
    const before = { ...app, status_on: was, status_by: 'o' };
    const { app: after, hasApprovalLapsed } = endApprovals(before, was, to(), 'now');
    expect(hasApprovalLapsed).to.equal(true);
    const { status_on: _on, status_by: _by, ...rest } = before;
    expect(after).to.deep.equal({ ...rest, status: 'pending', approval_lapsed_at: 'now' });
  });

  it('a vouching and an allowance end once; those from before count as made on what it was', () => {
    const vouched = { ...app, vouched_by: 'acme' };
    const first = changeApp(vouched, was, to(), 'now');
    expect([first.hasVouchLapsed, first.app.vouch_lapsed_at]).to.deep.equal([true, 'now']);
    expect(changeApp(first.app, wider, to(was), 'later')).to.deep.include({ hasVouchLapsed: false });
    const decision = {
      access: 'allowed' as const,
      decided_by: { kind: 'user' as const, id: 'u' },
      decided_at: 't',
    };
    expect(endAllowance(decision, was, to(was), 'now')).to.equal(undefined);
    const lapsed = endAllowance(decision, was, to(), 'now')!;
    expect(lapsed).to.include({ access: 'lapsed', lapsed_at: 'now' });
    expect(endAllowance(lapsed, wider, to(was), 'later')).to.equal(undefined);
  });

  it('offline_access is the authority’s own, and no scope that anybody decides on', () => {
    const of = (scope: string) => identityOf({ ...metadata, scope }).scopes;
    expect(of('read:users offline_access')).to.deep.equal(of('read:users'));
    expect(of('offline_access')).to.deep.equal([]);
  });

  it('keys count by what they are, loopback as one host', () => {
    const key = { kty: 'RSA', n: 'n', e: 'AQAB' };
    const of = (more: Partial<ClientRegistration>) => identityOf({ ...metadata, ...more });
    expect(of({ jwks: { keys: [{ ...key, kid: '1' }] } }).keys).to.deep.equal(
      of({ jwks: { keys: [{ ...key, kid: '2' }] } }).keys,
    );
    const uris = [
      'http://127.0.0.1:1/a',
      'http://localhost:2/b',
      'com.example.app:/c',
      'https://A.example:443/',
    ];
    expect(of({ redirect_uris: uris }).redirect_hosts).to.deep.equal([
      'a.example',
      'com.example.app:',
      'loopback',
    ]);
  });
});
