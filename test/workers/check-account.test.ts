/** The workers' own comparison of the account: what it finds, what it records of it, and what it costs. */
import { expect } from 'chai';
import { pino } from 'pino';
import { readWorkerConfig } from '../../src/config.ts';
import { loadGateway } from '../../src/gateway/load-gateway.ts';
import { keys } from '../../src/redis/keys.ts';
import { differencesByPart, KEPT_OF_PART, readAccountCheck } from '../../src/registry/account-check.ts';
import type { Plan } from '../../src/plans.ts';
import { Budget } from '../../src/relay/budget.ts';
import { budgetedFetch } from '../../workers/budgeted-fetch.ts';
import { checkAccount } from '../../workers/check-account.ts';
import { managementTokenOf } from '../../workers/management-token-of.ts';
import { AUDIENCE, SetupAccount, type Body } from '../command-line/setup-account.ts';
import { redisAlone } from '../support/redis-alone.ts';

const PLAN: Plan = { all: { burst: 100, perSecond: 1000, stepMs: 1 } };

describe("the workers' comparison of the account", () => {
  const redis = redisAlone();
  const { scopeTexts } = loadGateway(undefined).contract;
  let account: SetupAccount;
  let lines: string[];
  beforeEach(async () => {
    account = await SetupAccount.start();
    lines = [];
  });
  afterEach(() => account.close());

  /** As a worker that starts with the files of `trivium setup`: with a token of its own. */
  async function check(rules: { takeSlot?: (group: string) => Promise<void> } = {}): Promise<void> {
    const environment = account.environment('workers.env');
    const config = readWorkerConfig({ ...environment, REDIS_URL: 'redis://127.0.0.1:1' });
    const budget = new Budget(redis(), PLAN);
    await checkAccount({
      redis: redis(),
      token: managementTokenOf(config),
      send: budgetedFetch({ budget, lane: 'bulk', timeoutMs: 10_000, ...rules }),
      url: config.AUTHORITY_URL,
      audience: config.AUDIENCE,
      workers: config.AUTH0_CLIENT_ID,
      customDomain: config.AUTH0_CUSTOM_DOMAIN,
      scopes: scopeTexts,
      log: pino({ level: 'info' }, { write: (line) => void lines.push(line) }),
    });
  }
  /** Calls to the Management API since the controls were reset. */
  const calls = () =>
    Object.entries(account.standIn.controls.calls()).filter(([operation]) => operation.includes('/api/v2/'));
  /** Events that were recorded since the last call. */
  async function events(): Promise<string[]> {
    const entries = await redis().xrange(keys.registryOutbox, '-', '+');
    await redis().del(keys.registryOutbox);
    return entries.map(([, [, text = '{}']]) => {
      const { type, target, principal, tenant_id } = JSON.parse(text) as Body;
      expect([principal.kind, tenant_id]).to.deep.equal(['system', undefined]);
      return `${type} ${target}`;
    });
  }
  const counts = async () => {
    const state = await readAccountCheck(redis());
    return Object.fromEntries(state ? differencesByPart(state) : []);
  };
  const apiId = async () => {
    const [api] = (await account.call('GET', `resource-servers?identifiers=${AUDIENCE}`)) as Body[];
    return String(api?.['id']);
  };
  const clientId = () => account.environment('workers.env')['AUTH0_CLIENT_ID'] ?? '';

  it('finds nothing in an account that trivium setup has made', async () => {
    await account.run({ checkByWorkers: true });
    await check();
    expect(await events()).to.deep.equal([]);
    const found = await counts();
    expect(Object.keys(found)).to.include.members([
      'tenant_settings',
      'api',
      'workers_client',
      'workers_grant',
      'operator_client',
      'operator_grant',
      'sign_in_action',
      'sign_in_binding',
      'api_keys_action',
      'api_keys_binding',
      'third_parties',
    ]);
    expect(Object.values(found).every((count) => count === 0)).to.equal(true);
    expect(lines).to.deep.equal([]);
  });

  it('keeps some of a part with many differences, and hides none of others behind them', async () => {
    await account.run({ checkByWorkers: true });
    const old = { is_first_party: false, third_party_security_mode: 'permissive' };
    for (let index = 0; index <= KEPT_OF_PART; index += 1)
      await account.call('POST', 'clients', { name: `Old app ${index}`, ...old });
    await check();
    expect(await counts()).to.include({ third_parties: KEPT_OF_PART, api: 0 });
    expect(await events()).to.have.length(KEPT_OF_PART);
    await account.call('PATCH', `resource-servers/${await apiId()}`, { enforce_policies: true });
    await check();
    expect(await events()).to.deep.equal(['account_drift.found api enforce_policies']);
  });

  it('records a difference when it appears and when it ends, and not again in between', async () => {
    await account.run({ checkByWorkers: true });
    const path = `resource-servers/${await apiId()}`;
    await account.call('PATCH', path, { enforce_policies: true });
    await account.call('PATCH', 'tenants/settings', { flags: { enable_dynamic_client_registration: true } });
    await account.call('PATCH', 'actions/triggers/post-login/bindings', { bindings: [] });
    const { client_id } = await account.call('POST', 'clients', {
      name: 'Old app',
      is_first_party: false,
      third_party_security_mode: 'permissive',
    });
    await check();
    expect(await events()).to.have.members([
      'account_drift.found api enforce_policies',
      'account_drift.found tenant_settings enable_dynamic_client_registration',
      'account_drift.found sign_in_binding',
      `account_drift.found third_parties ${client_id}`,
    ]);
    expect(await counts()).to.include({ api: 1, tenant_settings: 1, sign_in_binding: 1, third_parties: 1 });
    expect(lines.filter((line) => line.includes('setup --check'))).to.have.length(4);

    lines = [];
    await check();
    expect([await events(), lines]).to.deep.equal([[], []]);

    await account.run();
    await check();
    expect(await events()).to.have.members([
      'account_drift.ended api enforce_policies',
      'account_drift.ended tenant_settings enable_dynamic_client_registration',
      'account_drift.ended sign_in_binding',
    ]);
    expect(await counts()).to.include({ api: 0, tenant_settings: 0, sign_in_binding: 0, third_parties: 1 });
  });

  it('says once what it may not read, asks for none of it, and compares the rest', async () => {
    await account.run();
    await account.call('PATCH', `resource-servers/${await apiId()}`, { enforce_policies: true });
    account.standIn.controls.forgetCalls();
    await check();
    await check();
    expect(JSON.stringify(calls())).to.include('resource-servers').and.not.include('tenants/settings');
    const said = lines.filter((line) => line.includes('lacks these scopes'));
    expect(said).to.have.length(1);
    expect(said[0]).to.include('read:tenant_settings').and.include('read:actions');
    expect(await events()).to.deep.equal(['account_drift.found api enforce_policies']);
    expect(await counts()).to.have.keys(
      'api',
      'workers_client',
      'workers_grant',
      'operator_client',
      'operator_grant',
      'third_parties',
    );
  });

  it('remembers what it found while it may not look again', async () => {
    await account.run({ checkByWorkers: true });
    await account.call('PATCH', 'actions/triggers/post-login/bindings', { bindings: [] });
    await check();
    expect(await events()).to.deep.equal(['account_drift.found sign_in_binding']);
    const [grant] = (await account.call('GET', `client-grants?client_id=${clientId()}`)) as Body[];
    const scope = (grant?.['scope'] as string[]).filter((one) => one !== 'read:actions');
    await account.call('PATCH', `client-grants/${grant?.['id']}`, { scope });
    await check();
    expect(await events()).to.deep.equal([]);
    expect(await counts()).to.not.have.property('sign_in_binding');
  });

  it('compares an account that was made by hand in what does not depend on names and marks', async () => {
    await account.run({ checkByWorkers: true });
    await account.call('PATCH', `clients/${clientId()}`, { client_metadata: { kind: '' } });
    await account.call('PATCH', 'actions/triggers/post-login/bindings', { bindings: [] });
    await account.call('PATCH', `resource-servers/${await apiId()}`, { enforce_policies: true });
    await check();
    expect(await events()).to.deep.equal(['account_drift.found api enforce_policies']);
    expect(await counts()).to.have.keys(
      'tenant_settings',
      'api',
      'workers_grant',
      'third_parties',
      'custom_domains',
    );
  });

  it('spends the budget of the workers, a slot for each call', async () => {
    await account.run();
    account.standIn.controls.forgetCalls();
    const slots: string[] = [];
    await check({ takeSlot: (group) => Promise.resolve(void slots.push(group)) });
    const made = calls().flatMap(([, statuses]) => Object.values(statuses));
    expect(slots)
      .to.have.length(made.reduce((sum, count) => sum + count, 0))
      .and.above(5);
  });

  it('fails as a whole where Auth0 does not answer, and keeps what it knew', async () => {
    await account.run({ checkByWorkers: true });
    await check();
    const known = await readAccountCheck(redis());
    account.standIn.controls.addFault({
      method: 'GET',
      path: '/api/v2/resource-servers',
      times: 1,
      effect: { kind: 'answer', status: 500, body: {} },
    });
    expect(await check().catch(String)).to.include('unavailable');
    expect(await readAccountCheck(redis())).to.deep.equal(known);
  });
});
