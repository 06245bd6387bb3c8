/** A drill: a backup while everything runs, changes after it, a loss of Redis, and a restore; counted at the authority. */
import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { connectForWaiting } from '../../src/redis/connections.ts';
import { keys } from '../../src/redis/keys.ts';
import { readRestore, type Finding } from '../../src/restore/restored-state.ts';
import { readMemory } from '../../src/start/home.ts';
import type { StartedProcess } from '../../src/start/processes.ts';
import { newApiKey, tryKey, until, type NewKey } from '../support/api-keys.ts';
import { letIn, registerApp } from '../support/apps.ts';
import { auditEvents } from '../support/audit.ts';
import { management } from '../support/authority.ts';
import { apiKey, demoUser, operator, user } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { accepted } from '../support/imports.ts';
import { ownDeployment, type OwnDeployment } from '../support/own-deployment.ts';
import { aTenant, whenAllIsWritten, type MadeTenant } from '../support/tenants.ts';
import { moveInto, WORLD_MS } from '../support/world.ts';
import { workerEnvironment } from '../support/worker-environment.ts';

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

describe('a restore from a backup', function () {
  this.bail(true);
  let own: OwnDeployment;
  let moveOut: () => void;
  let redis: Redis;
  let folder: string;
  let backup: string;
  let api: StartedProcess;
  let worker: StartedProcess;
  /** Of before the backup. */
  let deletedKey: NewKey;
  let keptKey: NewKey;
  let suspended: MadeTenant;
  let mailJob: string;
  let userImport: string;
  let oldToken: string;
  let appToken: string;
  /** Of after it. */
  let newKey: NewKey;
  let newTenant: MadeTenant;
  let clientsBefore: string[];
  let findings: Finding[];

  const IMPORTED = 40;
  const imported = (row: number) => `imported-${row}@acme.example`;

  /** What `npm run …` runs, as the operator does. */
  function run(
    file: string,
    args: string[],
    more: Record<string, string> = {},
    killed?: (kill: () => void) => void,
  ) {
    const env = { ...workerEnvironment(own), ...more };
    return new Promise<Ended>((resolve) => {
      const child = execFile(
        process.execPath,
        ['--import', 'tsx', file, ...args],
        { env },
        (_, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
      );
      killed?.(() => child.kill('SIGKILL'));
    });
  }
  const restore = (args: string[], more?: Record<string, string>, killed?: (kill: () => void) => void) =>
    run('workers/restore-command.ts', args, more, killed);

  const verifyAudit = (...options: string[]) =>
    run('src/start/verify-audit.ts', ['--heads', join(folder, 'heads.json'), ...options]);

  async function clients(): Promise<string[]> {
    const sdk = await management();
    const ids: string[] = [];
    for (let page = 0; ; page += 1) {
      const { data } = await sdk.clients.list({ page, per_page: 100, include_totals: true });
      ids.push(...data.map(({ client_id }) => client_id!));
      if (data.length < 100) return ids.sort();
    }
  }

  async function importedUsers(): Promise<number> {
    const { data } = await (
      await management()
    ).users.list({ q: 'email:imported-*', per_page: 100, include_totals: true });
    return data.length;
  }

  const mailsTo = async (email: string) =>
    (await own.control.mails()).filter(({ to }) => to === email).length;
  const statusOf = async (as: string) => (await tryKey(own.api, as)).status;
  const startApi = async (name: string) => {
    api = await own.startApi(name, { PORT: new URL(own.api).port });
  };
  const startWorker = async (name: string) => {
    worker = await own.startWorker(name);
  };

  before(async function () {
    this.timeout(WORLD_MS);
    own = await ownDeployment({
      workerSettings: { UPKEEP_SECONDS: '1', STRAY_GRACE_SECONDS: '0', EPOCH_SECONDS: '1' },
    });
    moveOut = moveInto({ ...own, apis: [own.api, own.api] });
    redis = connectForWaiting(own.redis);
    folder = await mkdtemp(join(tmpdir(), 'trivium-backup-'));
    ({ api, worker } = own.parts);
    await until(async () => (await redis.exists(keys.registryBorn)) === 1);
  });
  after(async function () {
    this.timeout(WORLD_MS);
    redis?.disconnect();
    moveOut?.();
    await own?.end();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('has a backup, written while callers come', async function () {
    this.timeout(WORLD_MS);
    [deletedKey, keptKey] = [await newApiKey('acme'), await newApiKey('acme')];
    suspended = await aTenant();
    oldToken = await user('acme', 'member');
    const app = await registerApp();
    appToken = (await letIn(app, 'acme')).as;
    const consent = await call('GET', '/v1/tenant', { as: appToken });
    expect(consent.status).to.equal(200);
    // Queued, and not begun: the backup has them as work to be done.
    await worker.stop();
    const { user_id } = await demoUser('acme', 'member');
    const mail = await call('POST', `/v1/users/${encodeURIComponent(user_id)}/verification-email`, {
      as: await apiKey('acme'),
      headers: { prefer: 'respond-async' },
    });
    expect(mail.status).to.equal(202);
    mailJob = mail.headers.get('location')!;
    const rows = Array.from({ length: IMPORTED }, (_, row) => ({ email: imported(row), name: 'Imported' }));
    userImport = await accepted(rows);

    let isWritten = false;
    const load = (async () => {
      const found = new Set<number>();
      while (!isWritten) found.add(await statusOf(keptKey.as));
      return found;
    })();
    const { code, stdout, stderr } = await run('src/start/backup.ts', ['--to', folder]);
    isWritten = true;
    expect(code, stderr).to.equal(0);
    expect([...(await load)]).to.deep.equal([200]);
    backup = stdout.split(': ')[0]!;
    // Emails of those rows are personal data.
    expect(await readFile(backup, 'latin1')).not.to.include(imported(1));
  });

  it('is followed by changes', async function () {
    this.timeout(WORLD_MS);
    await startWorker('worker-after-backup');
    const { email } = await demoUser('acme', 'member');
    await until(async () => (await mailsTo(email)) === 1 && (await importedUsers()) === IMPORTED);
    const as = await operator();
    const answers = [
      await call('POST', `${suspended.path}/suspend`, { as }),
      await call('DELETE', deletedKey.path, { as: await user('acme') }),
      await call('DELETE', `/v1/me/consents/${appClient()}`, { as: await user('acme') }),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 204, 204]);
    newKey = await newApiKey('acme');
    newTenant = await aTenant();
    await whenAllIsWritten();
    await until(async () => (await redis.zcard(keys.clientsToDelete)) === 0);
    await until(async () => (await auditEvents({ type: 'user_import.completed' })).length > 0);
    expect(await verifyAudit()).to.include({ code: 0 });
    clientsBefore = await clients();
    expect(clientsBefore).to.include(newKey.clientId).and.not.include(deletedKey.clientId);
  });

  const appClient = () =>
    JSON.parse(Buffer.from(appToken.split('.')[1]!, 'base64url').toString()).azp as string;

  it('is refused where Redis is not empty, where the file is broken, and with other keys', async function () {
    this.timeout(WORLD_MS);
    await worker.stop();
    await api.stop();
    const size = await redis.dbsize();
    const full = await restore(['--from', backup]);
    expect(full).to.include({ code: 1 });
    expect(full.stderr).to.match(/Redis is not empty/);
    expect(await redis.dbsize()).to.be.at.most(size);
    await redis.flushall();
    const bytes = await readFile(backup);
    const [cut, changed] = [join(folder, 'cut'), join(folder, 'changed')];
    await writeFile(cut, bytes.subarray(0, bytes.length - 200));
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(changed, bytes);
    const { encryptionKeys } = readMemory(own.home);
    const name = encryptionKeys.split(':')[0]!;
    const random = randomBytes(32).toString('base64');
    for (const [args, more, sentence] of [
      [cut, {}, /incomplete or damaged/],
      [changed, {}, /incomplete or damaged/],
      [join(folder, 'none'), {}, /cannot be read/],
      [backup, { ENCRYPTION_KEYS: `${name}:${random}` }, /other ENCRYPTION_KEYS/],
      [backup, { ENCRYPTION_KEYS: `k9:${random}` }, /key k1 of ENCRYPTION_KEYS/],
      [backup, { HASH_KEY: random }, /another HASH_KEY/],
    ] as const) {
      const ended = await restore(['--from', args], more);
      expect(ended.stderr).to.match(sentence);
      expect(ended.code).to.equal(1);
      expect(await redis.dbsize(), 'keys in Redis').to.equal(0);
    }
  });

  it('lets nobody in before it was compared, also after a kill in the middle', async function () {
    this.timeout(WORLD_MS);
    const held = await own.control.addFault({ path: '/api/v2/clients', effect: { kind: 'hang' } });
    const killed = restore(['--from', backup], {}, (kill) => {
      void until(async () => (await readRestore(redis))?.state === 'comparing').then(kill);
    });
    await killed;
    await startApi('api-restored');
    expect(await tryKey(own.api, keptKey.as)).to.deep.include({ status: 503, code: 'overloaded' });
    expect(await tryKey(own.api, newKey.as)).to.deep.include({ status: 503 });
    const ready = await call('GET', '/readyz');
    expect(ready).to.deep.include({ status: 503 });
    expect(ready.body.checks).to.include({ restore: 'failed' });
    await own.control.removeFault(held.id);
  });

  it('lets the authority win', async function () {
    this.timeout(WORLD_MS);
    await startWorker('worker-restored');
    await until(async () => (await readRestore(redis))?.state === 'compared');
    await until(async () => (await statusOf(keptKey.as)) === 200);
    expect(await statusOf(deletedKey.as)).to.equal(401);
    expect(await statusOf(newKey.as)).to.equal(200);
    expect(await statusOf(newTenant.key)).to.equal(200);
    expect(await tryKey(own.api, suspended.key)).to.include({ status: 403, code: 'tenant_suspended' });
    expect(await statusOf(oldToken)).to.equal(401);
    expect(await statusOf(appToken)).to.equal(401);
    expect(await statusOf(await apiKey('acme'))).to.equal(200);
  });

  it('does nothing a second time, and deletes nothing', async function () {
    this.timeout(WORLD_MS);
    const as = await apiKey('acme');
    expect((await call('GET', mailJob, { as })).body).to.include({ status: 'unknown' });
    const state = await call('GET', userImport, { as });
    expect(state.body).to.deep.include({ status: 'completed' });
    expect(state.body.counts).to.include({ unknown: IMPORTED });
    // A comparison of its own: it removes what strayed longer than no time.
    const compared = await run('workers/reconcile-command.ts', [], { STRAY_GRACE_SECONDS: '0' });
    expect(compared.code, compared.stderr).to.equal(0);
    expect(await clients()).to.deep.equal(clientsBefore);
    expect(await importedUsers()).to.equal(IMPORTED);
    expect(await mailsTo((await demoUser('acme', 'member')).email)).to.equal(1);
  });

  it('tells the operator what it found, until that was looked at', async function () {
    this.timeout(WORLD_MS);
    const { stdout } = await restore(['--report']);
    findings = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Finding);
    const has = (what: string, id: string) => findings.some((one) => one.what === what && one.id === id);
    expect(has('tenant_changed', suspended.id), 'the suspended tenant').to.equal(true);
    expect(has('missing_client', deletedKey.clientId), 'the deleted key').to.equal(true);
    expect(has('lost_entry', newKey.clientId), 'the new key').to.equal(true);
    expect(has('job_unknown', mailJob.split('/').at(-1)!), 'the mail').to.equal(true);
    expect(has('import_unknown', userImport.split('/').at(-1)!), 'the import').to.equal(true);
    const logs = ['acme', suspended.id, newTenant.id, undefined];
    await until(async () => {
      const recorded = (await auditEvents({ type: 'redis.restored' })).map(({ tenant_id }) => tenant_id);
      return logs.every((tenant) => recorded.includes(tenant));
    });
    const setBack = await verifyAudit();
    expect(setBack.code).to.equal(1);
    expect(setBack.stdout).to.match(/dropped: number \d+: set back by a restore of Redis/);
    expect(setBack.stdout).not.to.match(/was the end of the log/);
    expect(await verifyAudit('--after-restore')).to.include({ code: 0 });
    expect(await verifyAudit()).to.include({ code: 0 });
    const finished = await restore(['--finish']);
    expect(finished.code, finished.stderr).to.equal(0);
    expect(await readRestore(redis)).to.equal(undefined);
  });

  it('is noticed where a snapshot was restored by other means', async function () {
    this.timeout(WORLD_MS);
    const epochThere = async () => {
      const { client_id } = readMemory(own.home).worker;
      const { client_metadata } = await (await management()).clients.get(client_id);
      return client_metadata?.['trivium_epoch'] as string | undefined;
    };
    const snapshot = {
      epoch: await redis.get(keys.epoch),
      tenant: await redis.hget(keys.tenants, newTenant.id),
    };
    const as = await operator();
    expect((await call('POST', `${newTenant.path}/suspend`, { as })).status).to.equal(200);
    await whenAllIsWritten();
    const isLater = (now = '', then = '') => Number(now.split(' ')[1]) > Number(then.split(' ')[1]);
    await until(async () => isLater(await epochThere(), snapshot.epoch!));
    await worker.stop();
    await redis.hset(keys.tenants, newTenant.id, snapshot.tenant!);
    await redis.set(keys.epoch, snapshot.epoch!);
    await startWorker('worker-set-back');
    expect(await readRestore(redis)).to.include({ state: 'compared', from: 'elsewhere' });
    await until(async () => (await tryKey(own.api, newTenant.key)).code === 'tenant_suspended');
  });
});
