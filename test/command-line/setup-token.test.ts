/** Where `trivium setup` takes its access token from. */
import { expect } from 'chai';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupAccount } from './setup-account.ts';

const HOUR_MS = 3_600_000;

describe('the access token of trivium setup', () => {
  let account: SetupAccount;
  let home: string;
  let config: string;

  beforeEach(async () => {
    account = await SetupAccount.start();
    home = account.path('home');
    config = join(home, '.config', 'auth0', 'config.json');
    mkdirSync(join(home, '.config', 'auth0'), { recursive: true });
  });
  afterEach(() => account.close());

  /** As auth0-cli writes it. */
  function loggedIn(tenant: object, domain = new URL(account.standIn.url).host): void {
    const tenants = {
      'other.eu.auth0.com': { domain: 'other.eu.auth0.com', access_token: 'of-another-account' },
      [domain]: { name: 'acme', domain, client_id: '', ...tenant },
    };
    writeFileSync(config, JSON.stringify({ install_id: 'x', default_tenant: domain, tenants }));
  }
  const inAnHour = () => new Date(Date.now() + HOUR_MS).toISOString();
  const check = (env: Record<string, string> = {}) =>
    account.ended(['--check'], { AUTH0_ACCESS_TOKEN: '', HOME: home, ...env });

  it('is that of auth0 login, which is said, not shown, and not touched', async () => {
    loggedIn({ access_token: account.token, expires_at: inAnHour() });
    const before = readFileSync(config, 'utf8');
    const { code, stdout, stderr } = await check();
    expect([code, stdout.includes('create the client')]).to.deep.equal([1, true]);
    expect(stderr).to.include('of `auth0 login` for localhost').and.include(config);
    expect(stdout + stderr).to.not.include(account.token.slice(-20));
    expect(readFileSync(config, 'utf8')).to.equal(before);
  });

  it('is what was given, before that of auth0 login', async () => {
    loggedIn({ access_token: 'refused', expires_at: inAnHour() });
    const { code, stderr } = await check({ AUTH0_ACCESS_TOKEN: account.token });
    expect([code, stderr]).to.deep.equal([1, '']);
  });

  it('is none that has expired, or is of another account', async () => {
    loggedIn({ access_token: account.token, expires_at: new Date(Date.now() + 1_000).toISOString() });
    const expired = await check();
    expect([expired.code, expired.stderr]).to.satisfy(
      ([code, said]: [number, string]) => code === 2 && said.includes('has expired: run `auth0 login` again'),
    );
    loggedIn({ access_token: account.token, expires_at: inAnHour() }, 'acme.eu.auth0.com');
    const other = await check();
    expect(other.code).to.equal(2);
    expect(other.stderr).to.include('AUTH0_ACCESS_TOKEN').and.not.include('localhost');
    writeFileSync(config, '{ "tenants": [');
    expect((await check()).code).to.equal(2);
    expect(account.standIn.controls.calls()).to.not.have.property('GET /api/v2/tenants/settings');
  });

  it('is read from a keyring, where newer versions keep it in pieces', async function () {
    if (process.platform !== 'linux') this.skip();
    loggedIn({ expires_at: inAnHour() });
    const without = await check({ PATH: home });
    expect([without.code, without.stderr.includes('keyring that cannot be read here')]).to.deep.equal([
      2,
      true,
    ]);
    const half = Math.ceil(account.token.length / 2);
    const [one, two] = [account.token.slice(0, half), account.token.slice(half)];
    // What libsecret's program answers to the names that auth0-cli stores under.
    const answers = [
      '#!/bin/sh',
      '[ "$1 $2 $4 $5" = "lookup service username $DOMAIN" ] || exit 2',
      `case "$3" in "Auth0 CLI Access Token 0") printf %s '${one}';; "Auth0 CLI Access Token 1") printf %s '${two}';; *) exit 1;; esac`,
    ];
    const program = join(home, 'secret-tool');
    writeFileSync(program, answers.join('\n').replace('$DOMAIN', new URL(account.standIn.url).host));
    chmodSync(program, 0o755);
    const { code, stderr } = await check({ PATH: `${home}:${process.env['PATH'] ?? ''}` });
    expect([code, stderr.includes('keyring of this machine')]).to.deep.equal([1, true]);
  });
});
