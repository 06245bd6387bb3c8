/** `npm run demo`: calls of the three kinds of callers, over HTTP, against a running `npm start` or a deployment that it starts itself. */
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Presets, SingleBar } from 'cli-progress';
import type { components } from '../contract/generated.ts';
import { startDeployment } from './deployment.ts';
import { parseJson } from '../json.ts';
import { isRunning, readDevJson, writeDevJson, type DevJson } from './dev-json.ts';
import { connectOutsideApp } from './outside-app.ts';
import { accessToken } from './sign-in.ts';

type UserImport = components['schemas']['UserImport'];

const ROWS = 1_000;
const POLL_MS = 250;

const known = readDevJson();
const own = known && (await isRunning(known)) ? undefined : await startOwn();
try {
  const dev = readDevJson();
  if (dev) await demo(dev);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await own?.stop();
}

async function startOwn() {
  console.log('Nothing is running yet: this starts a deployment, and stops it at the end.');
  try {
    const deployment = await startDeployment({ plan: 'fast', latencyMs: '0', tenancy: 'each' });
    writeDevJson(deployment);
    return deployment;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

async function demo(dev: DevJson): Promise<void> {
  const [tenant] = dev.tenants;
  const admin = tenant?.users.find(({ roles }) => roles.includes('admin'));
  if (!tenant || !admin) throw new Error('dev.json has no tenant with an admin');

  title(`1. A user: ${admin.email} signs in to ${tenant.id}'s web app and lists the tenant's users`);
  const token = await accessToken({
    authority: dev.authority,
    clientId: tenant.spa_client_id,
    redirectUri: tenant.spa_redirect_uri,
    audience: dev.audience,
    scope: 'openid profile email',
    ...admin,
  });
  const asUser = { Authorization: `Bearer ${token}` };
  const { users } = await get<components['schemas']['UserList']>(`${dev.api}/v1/users?limit=5`, asUser);
  for (const user of users)
    console.log(`   ${user.email.padEnd(36)} ${user.roles.join(', ').padEnd(8)} ${user.user_id}`);

  title(`2. A tenant: ${tenant.id}'s API key creates ${ROWS} users`);
  const { client_id, client_secret } = tenant.api_key;
  const asTenant = {
    Authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`,
  };
  const done = await importUsers(dev.api, asTenant);
  const { created, failed, skipped, unknown } = done.counts;
  const seconds = (Date.parse(done.completed_at ?? '') - Date.parse(done.created_at)) / 1000;
  console.log(
    `   created ${created}, failed ${failed}, skipped ${skipped}, unknown ${unknown}, in ${seconds.toFixed(1)} s`,
  );
  const { rows } = await get<components['schemas']['UserImportRowList']>(
    `${dev.api}/v1/user-imports/${done.id}/rows?limit=3`,
    asTenant,
  );
  for (const row of rows) console.log(`   row ${row.row}: ${row.status} ${row.email} ${row.user_id ?? ''}`);

  title("3. An app: registers itself, gets the user's consent, and reads the user's profile");
  const app = await connectOutsideApp(dev.api, admin);
  console.log(`   registered as ${app.clientId}; the user consented`);
  const asApp = { Authorization: `Bearer ${app.accessToken}` };
  const me = await get<components['schemas']['Me']>(`${dev.api}/v1/me`, asApp);
  console.log(`   it acts for ${me.user_id} of ${me.tenant_id}, with ${me.scopes.join(', ')}`);
  const profile = await get<components['schemas']['User']>(
    `${dev.api}/v1/users/${encodeURIComponent(me.user_id ?? '')}`,
    asApp,
  );
  console.log(`   who is ${profile.name}, ${profile.email}`);
}

async function importUsers(api: string, headers: Record<string, string>): Promise<UserImport> {
  const run = randomBytes(3).toString('hex');
  const list = Array.from({ length: ROWS }, (_, i) => `user${i + 1}-${run}@import.example,User ${i + 1}`);
  const body = list
    .map((line) => line.split(','))
    .map(([email, name]) => JSON.stringify({ email, name }))
    .join('\n');
  const response = await fetch(`${api}/v1/user-imports`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/x-ndjson' },
    body,
  });
  if (response.status !== 202) throw new Error(`The import was refused: ${await response.text()}`);
  const address = `${api}${response.headers.get('location')}`;
  const progress = progressOf(ROWS);
  for (;;) {
    const state = await get<UserImport>(address, headers);
    progress.update(state.total - state.counts.pending);
    if (state.status === 'completed') {
      progress.stop();
      return state;
    }
    await delay(POLL_MS);
  }
}

/** A progress bar on a terminal; otherwise a line for each tenth. */
function progressOf(total: number): { update(done: number): void; stop(): void } {
  if (process.stdout.isTTY) {
    const bar = new SingleBar(
      { format: '   {bar} {value}/{total}', hideCursor: true },
      Presets.shades_classic,
    );
    bar.start(total, 0);
    return bar;
  }
  let printed = -1;
  return {
    update(done) {
      const tenth = Math.floor((done / total) * 10);
      if (tenth > printed) console.log(`   ${done}/${total}`);
      printed = Math.max(printed, tenth);
    },
    stop: () => undefined,
  };
}

async function get<T>(url: string, headers: Record<string, string>): Promise<T> {
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return parseJson<T>(await response.text());
}

function title(text: string): void {
  console.log(`\n${text}`);
}
