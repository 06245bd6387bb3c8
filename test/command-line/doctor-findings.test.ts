/** What the doctor makes of what it reads, without a deployment. */
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import type { Answer } from '../../src/command-line/doctor/call-api.ts';
import {
  checkAccount,
  checkDeployment,
  checkQuota,
  checkRedis,
  type AccountDiagnosis,
  type Diagnosis,
} from '../../src/command-line/doctor/checks/deployment.ts';
import { checkChallenge, checkResource, checkServer } from '../../src/command-line/doctor/checks/metadata.ts';
import { isAbandoned } from '../../src/command-line/doctor/checks/throw-away.ts';
import { codes, type Finding } from '../../src/command-line/doctor/finding.ts';
import { checkToken } from '../../src/command-line/doctor/token-claims.ts';

const codesOf = (findings: readonly Finding[]) => findings.map(({ code }) => code);
const isBad = ({ level }: Finding) => level !== 'note';

const redis: Diagnosis['redis'] = {
  product: 'redis',
  version: '7.2.4',
  role: 'master',
  appendonly: true,
  last_append: 'ok',
  snapshots: false,
  maxmemory_policy: 'noeviction',
  maxmemory: 0,
  used_memory: 1_000,
};
const diagnosis: Diagnosis = {
  public_url: { url: 'https://api.example.com', leads_to: 'here' },
  clocks: { api_ms: 2, authority_ms: -400, tolerance_ms: 5_000 },
  redis,
  workers: { seen: true },
  limits: [
    { bucket: 'all', configured: 50, reported: 50 },
    { bucket: 'users_read', configured: 40 },
  ],
  applications: { limit: 100 },
  differences: { total: 0, first: [] },
  account_events: { by: 'stream' },
};
const account: AccountDiagnosis = {
  applications: { used: 10 },
  missing_scopes: [],
  vanished_clients: { compared: true, total: 0, first: [] },
  clocks: { worker_ms: 0, authority_ms: 300 },
};
const settings = { limit: 100, toleranceMs: 5_000 };

describe('findings of the doctor', () => {
  for (const [what, changes, expected] of [
    ['a good deployment', {}, []],
    ['one without a stream', { account_events: { by: 'none' } }, []],
    [
      'a plan that is too low',
      { limits: [{ bucket: 'all', configured: 2, reported: 50 }] },
      ['plan_too_low'],
    ],
    [
      'a plan that is too high',
      { limits: [{ bucket: 'all', configured: 50, reported: 2 }] },
      ['plan_too_high'],
    ],
    ['Auth0 behind', { clocks: { ...diagnosis.clocks, authority_ms: -7_000 } }, ['clock_authority']],
    ['a machine ahead', { clocks: { ...diagnosis.clocks, api_ms: 6_001 } }, ['clock_machine']],
    ['no worker', { workers: { seen: false } }, ['no_worker']],
    [
      'differences',
      { differences: { total: 2, first: [{ what: 'missing_client', client_id: 'a' }] } },
      ['differences'],
    ],
  ] as [string, Partial<Diagnosis>, string[]][])
    it(`are right for ${what}`, () =>
      expect(codesOf(checkDeployment({ ...diagnosis, ...changes }).filter(isBad))).to.deep.equal(expected));

  for (const [what, changes, expected] of [
    ['an old Redis', { version: '6.0.16' }, ['redis_old']],
    ['the oldest that does', { version: '6.2.0' }, []],
    ['a young Valkey', { product: 'valkey', version: '8.1.0' }, []],
    ['a replica', { role: 'slave' }, ['redis_replica']],
    ['a full disk', { last_append: 'failed' }, ['redis_append_failed']],
    ['little memory', { maxmemory: 1_100 }, ['redis_nearly_full']],
    [
      'eviction without a file',
      { maxmemory_policy: 'allkeys-lfu', appendonly: false },
      ['redis_evicts', 'redis_not_appending'],
    ],
  ] as [string, Partial<Diagnosis['redis']>, string[]][])
    it(`are right for ${what}`, () =>
      expect(codesOf(checkRedis({ ...redis, ...changes }))).to.deep.equal(expected));

  it('say so when Redis hides what it is', () =>
    expect(codesOf(checkRedis({ role: 'master' }))).to.deep.equal(['redis_hidden']));

  for (const [what, changes, expected] of [
    ['a good account', {}, []],
    ['few applications left', { applications: { used: 97 } }, ['applications_nearly_exhausted']],
    ['none left', { applications: { used: 100 } }, ['applications_exhausted']],
    [
      'missing scopes',
      { missing_scopes: ['read:users', 'read:organizations'] },
      ['worker_scopes_missing', 'organization_scopes_missing'],
    ],
    ['a worker behind', { clocks: { worker_ms: -9_000 } }, ['clock_machine']],
    ['Auth0 ahead of a worker', { clocks: { worker_ms: 0, authority_ms: 9_000 } }, ['clock_authority']],
  ] as [string, Partial<AccountDiagnosis>, string[]][])
    it(`are right for ${what}`, () =>
      expect(codesOf(checkAccount({ ...account, ...changes }, settings))).to.deep.equal(expected));

  it('count tokens that are expected and those that were made', () => {
    const bill = { keys: 50, made_this_month: 10, seconds_per_exchange: 3600, expected_per_month: 36_000 };
    expect(codesOf(checkQuota({ buckets: [], exchanges: bill }, 1_000))).to.deep.equal(['token_quota']);
    expect(checkQuota({ buckets: [], exchanges: bill }, 36_000)).to.deep.equal([]);
    const made = { keys: 1, made_this_month: 1_001 };
    expect(codesOf(checkQuota({ buckets: [], exchanges: made }, 1_000))).to.deep.equal(['token_quota']);
  });

  const answer = (body: Answer['body'], fields: Record<string, string> = {}): Answer => ({
    status: 200,
    said: '200',
    body,
    headers: new Headers({ 'access-control-allow-origin': '*', ...fields }),
  });
  const api = 'https://api.example.com';
  const metadata = {
    issuer: api,
    authorization_endpoint: `${api}/oauth/authorize`,
    token_endpoint: 'https://example.eu.auth0.com/oauth/token',
    jwks_uri: 'https://example.eu.auth0.com/.well-known/jwks.json',
    registration_endpoint: `${api}/oauth/register`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  };

  it('accept what a strict client accepts', () => {
    expect(checkServer(api, answer(metadata))).to.deep.equal([]);
    expect(checkResource(api, answer({ resource: api, authorization_servers: [api] }))).to.deep.equal([]);
  });

  for (const [what, changes, fields, expected] of [
    ['another issuer', { issuer: `${api}/` }, {}, ['metadata_mismatch']],
    ['no PKCE', { code_challenge_methods_supported: ['plain'] }, {}, ['metadata_incomplete']],
    ['no token endpoint', { token_endpoint: undefined }, {}, ['metadata_incomplete']],
    ['http', { token_endpoint: 'http://example.eu.auth0.com/oauth/token' }, {}, ['metadata_insecure']],
    ['no CORS', {}, { 'access-control-allow-origin': 'https://other.example' }, ['metadata_cors']],
  ] as [string, object, Record<string, string>, string[]][])
    it(`refuse metadata with ${what}`, () =>
      expect(codesOf(checkServer(api, answer({ ...metadata, ...changes }, fields)))).to.deep.equal(expected));

  it('refuse a resource of another name, and a challenge without an address', () => {
    const other = answer({ resource: `${api}/v1`, authorization_servers: [] });
    expect(codesOf(checkResource(api, other))).to.deep.equal(['metadata_mismatch', 'metadata_incomplete']);
    expect(codesOf(checkChallenge({ headers: new Headers(), said: '401' }))).to.deep.equal([
      'challenge_incomplete',
    ]);
  });

  const authority = 'https://example.eu.auth0.com/';
  const token = (header: object, claims: object) =>
    [header, claims].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')).join('.') +
    '.signature';
  const good = { iss: authority, aud: [api, 'other'], [`${api}/tenant_id`]: 'acme' };

  for (const [what, header, claims, expected] of [
    ['a good token', { typ: 'at+jwt' }, good, []],
    ['another issuer', { typ: 'at+jwt' }, { ...good, iss: 'https://login.example.com/' }, ['token_issuer']],
    ['another audience', { typ: 'at+jwt' }, { ...good, aud: 'other' }, ['token_audience']],
    ['another type', { typ: 'dpop+jwt' }, good, ['token_type']],
    ['no tenant', { typ: 'JWT' }, { iss: authority, aud: api }, ['claims_missing']],
    ['another tenant', { typ: 'JWT' }, { ...good, [`${api}/tenant_id`]: 'globex' }, ['claims_missing']],
    ['a plain claim', { typ: 'JWT' }, { ...good, tenant_id: 'acme' }, ['claims_not_namespaced']],
  ] as [string, object, object, string[]][])
    it(`are right for ${what} in a token`, () =>
      expect(
        codesOf(
          checkToken({ authority, audience: api }, 'a token', token(header, claims), { tenant_id: 'acme' }),
        ),
      ).to.deep.equal(expected));

  it('take nothing for abandoned but what is marked', () => {
    const old = '2020-01-01T00:00:00.000Z';
    expect(isAbandoned('Trivium doctor 00000000 1', old)).to.equal(true);
    expect(isAbandoned('Trivium doctor 00000000 1', new Date().toISOString())).to.equal(false);
    for (const name of ['Trivium doctor', 'My Trivium doctor 00000000 1', 'Acme', ''])
      expect(isAbandoned(name, old), name).to.equal(false);
  });

  it('are all explained', () => {
    const page = readFileSync(new URL('../../docs/doctor.md', import.meta.url), 'utf8');
    expect(codes.filter((code) => !page.includes(`\`${code}\``))).to.deep.equal([]);
  });
});
