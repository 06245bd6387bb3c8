/** `trivium doctor`, on a deployment over the stand-in: all is well, and each finding planted and found. */
import { expect } from 'chai';
import { Redis } from 'ioredis';
import { readAuthorityEventState } from '../../src/authority-events/authority-event-state.ts';
import { until } from '../support/api-keys.ts';
import { WORLD_MS } from '../support/world.ts';
import { DoctorDesk } from './doctor-desk.ts';
import { startRewritingProxy } from './rewriting-proxy.ts';

/** A process, some tens of calls, and a loaded machine. */
const RUN_MS = 180_000;

describe('trivium doctor', function () {
  this.timeout(RUN_MS);
  let desk: DoctorDesk;
  let redis: Redis;
  let atFirst: number;
  const applications = async () =>
    (await desk.atAuthority()).filter((one) => one.startsWith('clients ')).length;
  before(async function () {
    this.timeout(WORLD_MS);
    desk = await DoctorDesk.open();
    redis = new Redis(desk.own.redis);
    atFirst = await applications();
    await until(async () => (await readAuthorityEventState(redis, 60_000)).source === 'log');
  });
  after(async () => {
    redis.disconnect();
    await desk.close();
  });

  /** What it finds at an API process with other settings. */
  async function atApi(env: Record<string, string>, args: string[] = []) {
    const api = await desk.own.startApi('api-other', env);
    try {
      return await desk.quickly(['--url', api.url, ...args]);
    } finally {
      await api.stop();
    }
  }

  it('proves a deployment with a tenant of its own, and leaves nothing', async () => {
    const before = await desk.atAuthority();
    const { code, codes, report, stderr } = await desk.examine();
    expect(codes, stderr).to.deep.equal([]);
    expect(report.findings.map((one) => one.code)).to.deep.equal([]);
    expect(report.proved).to.include('changes of users at Auth0 come from its tenant log');
    expect([code, report.is_well]).to.deep.equal([0, true]);
    expect(report.proved).to.have.length.of.at.least(8);
    expect(await desk.atAuthority()).to.deep.equal(before);
  });

  it('proves it with a key of a tenant, and leaves nothing', async () => {
    const before = await desk.atAuthority();
    const { code, codes } = await desk.quickly();
    expect([code, codes]).to.deep.equal([0, []]);
    // The API refuses the key at once, and its client is deleted afterwards.
    await until(async () => (await desk.atAuthority()).join() === before.join());
  });

  it('prints it for people, too, without a secret', async () => {
    const { code, stdout, stderr } = await desk.start(['--tenant', 'acme']).ended;
    expect([code, stdout.trim().split('\n').at(-1)]).to.deep.equal([0, 'All is well.']);
    const secrets = [desk.own.operator.client_secret, desk.own.tenants[0]!.api_key.client_secret, 'eyJ'];
    for (const secret of secrets) expect(stdout + stderr).not.to.include(secret);
  });

  it('finds limits of another plan than AUTH0_PLAN', async () => {
    await desk.own.control.change({ plan: 'enterprise' });
    const { code, codes, report } = await desk.quickly();
    expect([code, codes]).to.deep.equal([1, ['plan_too_high']]);
    expect(report.findings[0]!.what).to.include('100').and.include('50');
    await desk.own.control.change({ plan: 'fast' });
    expect((await desk.quickly()).codes).to.deep.equal([]);
  });

  it('finds that applications are nearly used up, and makes none once they are', async () => {
    // What an earlier run made is deleted soon after it has ended.
    await until(async () => (await applications()) === atFirst);
    const near = await atApi({ APPLICATION_LIMIT: String(atFirst + 1) });
    expect(near.codes).to.include('applications_nearly_exhausted');
    const full = await atApi({ APPLICATION_LIMIT: String(atFirst) });
    expect(full.codes).to.include('applications_exhausted');
    expect(full.report.proved).not.to.include('a third-party app registers');
  });

  it('finds claims that are missing because the Action is not bound', async () => {
    const path = 'actions/triggers/credentials-exchange/bindings';
    const { bindings } = (await desk.management('GET', path)) as {
      bindings: { id: string; display_name: string }[];
    };
    await desk.management('PATCH', path, { bindings: [] });
    const { code, codes, report } = await desk.examine();
    // To be pasted as it is.
    expect(report.findings.find((one) => one.code === 'relay_failed')?.fix).to.match(
      /http:\/\/localhost:\d+\/v1\/dead-letters$/,
    );
    await desk.management('PATCH', path, {
      bindings: bindings.map(({ display_name, ...one }) => ({
        ref: { type: 'action_id', value: (one as unknown as { action: { id: string } }).action.id },
        display_name,
      })),
    });
    expect([code, codes]).to.deep.equal([
      1,
      ['claims_missing', 'key_refused', 'key_refused', 'relay_failed'],
    ]);
    expect((await desk.quickly()).codes).to.deep.equal([]);
  });

  it('finds a Redis that evicts, and one that does not append', async () => {
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await redis.config('SET', 'appendonly', 'no');
    const { code, codes, report } = await desk.quickly();
    await redis.config('SET', 'maxmemory-policy', 'noeviction');
    await redis.config('SET', 'appendonly', 'yes');
    expect([code, codes]).to.deep.equal([1, ['redis_evicts', 'redis_not_appending']]);
    expect(report.findings[0]!.fix).to.include('redis-cli CONFIG SET maxmemory-policy noeviction');
  });

  it('finds a PUBLIC_URL that leads nowhere, or to something else', async () => {
    const nowhere = await atApi({ PUBLIC_URL: 'http://127.0.0.1:9' });
    expect(nowhere.codes).to.include.members(['public_url_unreachable', 'metadata_mismatch']);
    const elsewhere = await atApi({ PUBLIC_URL: desk.own.authority.replace(/\/$/, '') });
    expect(elsewhere.codes).to.include.members(['public_url_elsewhere', 'metadata_mismatch']);
  });

  it('finds metadata whose issuer a strict client refuses', async () => {
    const proxy = await startRewritingProxy(desk.own.api, (path, body) =>
      path === '/.well-known/oauth-authorization-server'
        ? { ...body, issuer: `${String(body['issuer'])}/` }
        : body,
    );
    const { code, codes, report } = await desk.quickly(['--url', proxy.url]);
    await proxy.close();
    expect([code, codes]).to.deep.equal([1, ['metadata_mismatch']]);
    expect(report.findings[0]!.what).to.match(/issuer http:\S+ name the issuer http:\S+\/$/);
  });

  it('finds more tokens than the plan includes', async () => {
    const { code, codes } = await desk.quickly(['--token-quota', '1']);
    expect([code, codes]).to.deep.equal([0, ['token_quota']]);
  });

  it('finds clients that vanished from the account', async () => {
    const { client_id } = desk.own.tenants[1]!.api_key;
    await desk.management('DELETE', `clients/${client_id}`);
    const { code, codes, report } = await desk.quickly();
    expect([code, codes]).to.deep.equal([1, ['clients_vanished']]);
    expect(report.findings[0]!.what).to.include(`${client_id} (an API key of globex)`);
    expect(report.findings[0]!.fix).to.include('npm run reconcile');
  });

  it('finds that the operator gets no token, or is none', async () => {
    const refused = await desk.quickly([], { OPERATOR_CLIENT_SECRET: 'another' });
    expect([refused.code, refused.codes]).to.deep.equal([1, ['operator_token_refused']]);
    const { codes } = await atApi({ OPERATOR_CLIENT_IDS: 'somebody-else' });
    expect(codes).to.include('operator_refused');
  });

  it('finds that nobody answers', async () => {
    const { code, codes } = await desk.quickly(['--url', 'http://127.0.0.1:9']);
    expect(code).to.equal(1);
    expect(codes).to.include('api_unreachable');
  });

  it('takes wrong arguments for what they are', async () => {
    const both = await desk.start(['--tenant', 'acme', '--user', 'ann@acme.example']).ended;
    expect([both.code, both.stdout]).to.deep.equal([2, '']);
    const quota = await desk.start(['--token-quota', 'many']).ended;
    expect(quota.code).to.equal(2);
    const none = await desk.start([], { OPERATOR_CLIENT_SECRET: '' }).ended;
    expect([none.code, none.stderr]).to.deep.equal([2, none.stderr]);
    expect(none.stderr).to.include('operator.env does not exist');
  });

  it('finds scopes that the workers lack, and that no worker runs', async () => {
    const grants = (await desk.management('GET', 'client-grants?per_page=100')) as {
      id: string;
      audience: string;
      scope: string[];
    }[];
    const { id, scope } = grants.find(
      (one) => one.scope.includes('delete:grants') && !one.scope.includes('read:stats'),
    )!;
    await desk.management('PATCH', `client-grants/${id}`, {
      scope: scope.filter((one) => one !== 'delete:grants'),
    });
    await desk.own.parts.worker.stop();
    const worker = await desk.own.startWorker('worker-2');
    const lacking = await desk.quickly();
    expect(lacking.codes).to.include('worker_scopes_missing');
    await worker.stop();
    await until(async () => (await redis.exists('trivium:worker-seen')) === 0);
    const { code, codes } = await desk.quickly();
    await desk.own.startWorker('worker-3');
    expect(code).to.equal(1);
    expect(codes).to.include('no_worker');
  });

  it('finds a clock that is wrong', async () => {
    // The last test, because the stand-in's clock only goes forward.
    await desk.own.control.advanceClock(90_000);
    const { code, codes } = await desk.quickly();
    expect(code).to.equal(1);
    expect(codes).to.include('clock_authority');
  });
});
