/** Every operation of the contract, called with success once at least, so that whatever it stores is stored. */
import { randomUUID } from 'node:crypto';
import { loadContract, type OperationId } from '../../src/contract/load-contract.ts';
import { until } from '../support/api-keys.ts';
import { appMetadata, letIn, registerApp } from '../support/apps.ts';
import { management } from '../support/authority.ts';
import { app, demoUser, operator, user } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { delivery, writeTokens } from '../support/event-stream.ts';
import { startRecorder, writeRecorders } from '../support/service-events.ts';
import { aTenant, newTenantId, tenantToMake } from '../support/tenants.ts';
import type { Receiver } from '../support/webhook-receiver.ts';
import { happen, readWebhook } from '../support/webhooks.ts';
import { world } from '../support/world.ts';

const { operations } = loadContract();

interface Sent {
  as?: string;
  /** Address of another API process. */
  at?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Where there is more than one. */
  query?: string;
}

/** @returns the operations that succeeded */
export async function callEveryOperation(receiver: Receiver): Promise<Set<OperationId>> {
  const succeeded = new Set<OperationId>();
  async function ok(id: OperationId, ids: Record<string, string> = {}, sent: Sent = {}): Promise<Answer> {
    const { method, path } = operations.get(id)!;
    const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name]!));
    const answer = await call(method.toUpperCase(), at + (sent.query ?? ''), sent);
    if (answer.status >= 400) throw new Error(`${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
    succeeded.add(id);
    return answer;
  }
  await ofService(ok);
  const tenant = await ofTenants(ok);
  await ofUsers(ok, tenant.key);
  await ofImports(ok, tenant.key);
  await ofTheTenantItself(ok, tenant.key);
  await ofWebhooks(ok, tenant.key, receiver);
  await ofApps(ok);
  await ofOperator(ok);
  await ofServices(ok);
  await ofTheAuthority(ok);
  await ofDeletion(ok, tenant.id);
  return succeeded;
}

type Ok = (id: OperationId, ids?: Record<string, string>, sent?: Sent) => Promise<Answer>;

async function ofService(ok: Ok): Promise<void> {
  await ok('getContract');
  await ok('getRoot');
  await ok('getDocs');
  await ok('getDocsAsset', { asset: 'swagger-ui.css' });
  await ok('getProblem', { code: 'not_found' });
  await ok('getHealth');
  await ok('getReadiness');
  await ok('getMetrics');
  const page = await ok('getConsole', {}, { headers: { accept: 'text/html' } });
  const [, file] = /console-files\/([^"]+)/.exec(String(page.body)) ?? [];
  await ok('getConsoleFile', { file: file! });
  await ok('getProtectedResourceMetadata');
  await ok('getAuthorizationServerMetadata');
  await ok('getJwks');
}

async function ofTenants(ok: Ok): Promise<{ id: string; key: string }> {
  const as = await operator();
  const made = await ok('createTenant', {}, { as, body: tenantToMake(newTenantId()) });
  const tenant_id = made.body.tenant.id as string;
  await ok('listTenants', {}, { as });
  const { headers } = await ok('getTenantById', { tenant_id }, { as });
  const changes = { body: { name: 'Another name' }, headers: { 'if-match': headers.get('etag')! } };
  await ok('updateTenantById', { tenant_id }, { as, ...changes });
  await ok('suspendTenant', { tenant_id }, { as });
  await ok('resumeTenant', { tenant_id }, { as });
  const origins = [`https://new.${tenant_id}.example`];
  const body = { origins, callback_urls: [`${origins[0]}/cb`], logout_urls: [] };
  await ok('replaceTenantWebApp', { tenant_id }, { as, body });
  await ofAdoptions(ok, tenant_id);
  await ok('startTenantChangeOver', { tenant_id }, { as, body: { web_app: 'shared' } });
  await ok('finishTenantChangeOver', { tenant_id }, { as });
  const { id, key } = await aTenant();
  return { id, key };
}

async function ofAdoptions(ok: Ok, tenant_id: string): Promise<void> {
  const as = await operator();
  const user_ids = ['auth0|nobody', 'auth0|no-one'];
  const { id } = (await ok('adoptUsers', { tenant_id }, { as, body: { user_ids } })).body as { id: string };
  const ids = { tenant_id, adoption_id: id };
  await ok('getUserAdoption', ids, { as });
  await ok('listAdoptedUsers', ids, { as });
  await ok('adoptUsers', { tenant_id }, { as, body: { query: 'email:nobody@every.example' } });
  const { client_id } = await (
    await management()
  ).clients.create({
    name: 'Existing',
    app_type: 'non_interactive',
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_post',
  });
  const body = { client_id, as: 'api_key', scopes: ['read:tenant'] };
  await ok('adoptClient', { tenant_id }, { as, body });
}

const anEmail = () => `every-${randomUUID()}@every.example`;

async function ofUsers(ok: Ok, as: string): Promise<void> {
  const headers = { 'idempotency-key': randomUUID() };
  const { body } = await ok('createUser', {}, { as, headers, body: { email: anEmail() } });
  const ids = { user_id: body.user_id as string };
  await ok('getMe', {}, { as });
  await ok('listMyOperations', {}, { as });
  await ok('listUsers', {}, { as });
  await ok('getUser', ids, { as });
  await ok('updateUser', ids, { as, body: { name: 'Another name' } });
  await ok('getUserRoles', ids, { as });
  await ok('replaceUserRoles', ids, { as, body: { roles: ['member'] } });
  await ok('listUserSessions', ids, { as });
  await ok('endUserSessions', ids, { as });
  await ok('createPasswordReset', ids, { as });
  await ok('sendVerificationEmail', ids, { as });
  const later = await ok('listUsers', {}, { as, headers: { prefer: 'respond-async' } });
  await ok('getJob', { job_id: later.headers.get('location')!.split('/').at(-1)! }, { as });
  await ok('deleteUser', ids, { as });
}

async function ofImports(ok: Ok, as: string): Promise<void> {
  const send = async (query: string, body: object[] = [{ email: anEmail() }, { email: 'none' }]) =>
    (await ok('createUserImport', {}, { as, query, body })).headers.get('location')!;
  const idOf = (path: string) => ({ import_id: path.split('/').at(-1)! });
  const has = (path: string, ...statuses: string[]) =>
    until(async () => statuses.includes((await call('GET', path, { as })).body.status as string));
  await ok('createUserImport', {}, { as, query: '?dry_run=true', body: [{ email: anEmail() }] });
  const paths = [await send(''), await send('?channel=import_jobs'), await send('', [{ email: 'none' }])];
  for (const path of paths) await has(path, 'completed');
  await ok('listUserImports', {}, { as });
  await ok('getUserImport', idOf(paths[0]!), { as });
  await ok('listUserImportRows', idOf(paths[0]!), { as });
  await ok('watchUserImport', idOf(paths[0]!), { as });
  const long = await send(
    '',
    Array.from({ length: 2_000 }, () => ({ email: anEmail() })),
  );
  await ok('pauseUserImport', idOf(long), { as });
  await ok('resumeUserImport', idOf(long), { as });
  await ok('cancelUserImport', idOf(long), { as });
  await has(long, 'cancelled');
}

async function ofTheTenantItself(ok: Ok, as: string): Promise<void> {
  await ok('getTenantOverview', {}, { as });
  const { headers } = await ok('getTenant', {}, { as });
  const changes = { body: { name: 'As we call ourselves' }, headers: { 'if-match': headers.get('etag')! } };
  await ok('updateTenant', {}, { as, ...changes });
  await ok('listApiKeys', {}, { as });
  await ok('listAuditEvents', {}, { as });
  await ok('getUsage', {}, { as });
  for (const end of ['completeApiKeyRotation', 'cancelApiKeyRotation'] as const) {
    const body = { name: 'A key', scopes: ['read:tenant'] };
    const { client_id } = (await ok('createApiKey', {}, { as, body })).body as { client_id: string };
    await ok('getApiKey', { client_id }, { as });
    const changes = { name: 'Another name', scopes: ['read:tenant', 'read:users'] };
    await ok('updateApiKey', { client_id }, { as, body: changes });
    await ok('rotateApiKey', { client_id }, { as, body: {} });
    await ok(end, { client_id }, { as });
    if (end === 'cancelApiKeyRotation') await ok('deleteApiKey', { client_id }, { as });
  }
  const token = await ok('createTenantInitialAccessToken', {}, { as, body: { name: 'A partner' } });
  await ok('listTenantInitialAccessTokens', {}, { as });
  await ok('deleteTenantInitialAccessToken', { token_id: token.body.id as string }, { as });
}

async function ofWebhooks(ok: Ok, as: string, receiver: Receiver): Promise<void> {
  const body = { url: receiver.url, event_types: ['initial_access_token.created'] };
  const made = (await ok('createWebhook', {}, { as, body })).body as { id: string; secret: string };
  const ids = { webhook_id: made.id };
  const hook = { id: made.id, path: `/v1/tenant/webhooks/${made.id}`, secret: made.secret };
  await until(async () => (await readWebhook(as, hook)).status === 'enabled');
  receiver.answer((_, response) => void response.writeHead(receiver.received.length < 2 ? 500 : 204).end());
  await happen(as);
  await until(() => receiver.received.length >= 2);
  await ok('listWebhooks', {}, { as });
  await ok('getWebhook', ids, { as });
  await ok('updateWebhook', ids, { as, body: { event_types: ['user.created'] } });
  await ok('rotateWebhookSecret', ids, { as, body: {} });
  await ok('testWebhook', ids, { as });
  await ok('replayWebhook', ids, { as, body: { from: new Date(Date.now() - 60_000).toISOString() } });
  await ok('listWebhookDeliveries', ids, { as });
  await ok('deleteWebhook', ids, { as });
  // One that stays, with something that does not arrive.
  const kept = await ok('createWebhook', {}, { as, body });
  receiver.answer(500);
  await happen(as);
  const path = `/v1/tenant/webhooks/${kept.body.id as string}`;
  await until(async () => (await call('GET', path, { as })).body.failing_since !== undefined);
}

async function ofApps(ok: Ok): Promise<void> {
  const as = await operator();
  const admin = await user('acme');
  const token = await ok('createInitialAccessToken', {}, { as, body: { name: 'A partner', max_uses: 2 } });
  await ok('listInitialAccessTokens', {}, { as });
  const credential = `Bearer ${token.body.token as string}`;
  const made = await ok('registerApp', {}, { as: credential, body: appMetadata() });
  const client_id = made.body.client_id as string;
  const manages = `Bearer ${made.body.registration_access_token as string}`;
  await ok('deleteInitialAccessToken', { token_id: token.body.id as string }, { as });
  const read = await ok('getRegisteredApp', { client_id }, { as: manages });
  const next = `Bearer ${(read.body.registration_access_token as string | undefined) ?? manages.slice(7)}`;
  await ok('updateRegisteredApp', { client_id }, { as: next, body: { ...appMetadata(), client_id } });
  await ok('listApps', {}, { as });
  await ok('updateApp', { client_id }, { as, body: { status: 'approved' } });
  const one = await registerApp();
  await call('PATCH', `/v1/apps/${one.clientId}`, { as, body: { status: 'approved' } });
  const { as: own } = await letIn(one, 'acme');
  await ok('getMe', {}, { as: own });
  await ok('getMe', {}, { as: await app('acme') });
  await ok('decideOnTenantApp', { client_id: one.clientId }, { as: admin, body: { decision: 'allowed' } });
  await ok('listTenantApps', {}, { as: admin });
  await ok('listConsents', {}, { as: admin });
  await ok('withdrawConsent', { client_id: one.clientId }, { as: admin });
  const query = new URLSearchParams({ client_id: one.clientId, response_type: 'code' });
  const accept = 'text/html';
  const asked = await ok('startAuthorization', {}, { query: `?${query.toString()}`, headers: { accept } });
  const [, request = ''] = /name="request" value="([^"]+)"/.exec(String(asked.body)) ?? [];
  const form = new URLSearchParams({ request, identifier: 'acme', remember: 'yes' }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await ok('chooseTenant', {}, { body: form, headers });
  const last = await registerApp();
  await ok('deleteRegisteredApp', { client_id: last.clientId }, { as: last.manages });
}

async function ofOperator(ok: Ok): Promise<void> {
  const as = await operator();
  await ok('getBudget', {}, { as });
  await ok('watchDeployment', {}, { as });
  await ok('listRefusals', {}, { as });
  await ok('getDiagnosis', {}, { as });
  await ok('getAccountDiagnosis', {}, { as });
  await ok('listAllAuditEvents', {}, { as });
  await ok('replayDeadLetter', { job_id: await aDeadLetter() }, { as });
  const job_id = await aDeadLetter();
  await ok('listDeadLetters', {}, { as });
  await ok('deleteDeadLetter', { job_id }, { as });
}

/** At a process that an event stream delivers to. */
async function ofTheAuthority(ok: Ok): Promise<void> {
  const { file, token } = writeTokens();
  const api = await (await world()).startApi('api-with-events', { AUTH0_EVENTS_TOKEN_FILE: file });
  const { user_id } = await demoUser('acme', 'member');
  const updated_at = new Date().toISOString();
  const record = { user_id, updated_at, app_metadata: { tenant_id: 'acme', roles: ['member'] } };
  const body = delivery('user.updated', record);
  await ok('receiveAuthorityEvent', {}, { at: api.url, as: `Bearer ${token}`, body });
  await api.stop();
}

/** At a process that has services. */
async function ofServices(ok: Ok): Promise<void> {
  const recorders = writeRecorders();
  const api = await startRecorder(recorders, 'api-with-services');
  const body = { tenant_id: 'acme', type: 'order.shipped', details: { parcels: 2 } };
  const headers = { 'idempotency-key': randomUUID() };
  const sent = { at: api.url, as: `Bearer ${recorders.orders}`, body, headers };
  await ok('recordServiceEvent', { service: 'orders' }, sent);
  await api.stop();
}

/** The authority refuses our own credential, once. */
async function aDeadLetter(): Promise<string> {
  const { control } = await world();
  const as = await user('acme');
  const effect = { kind: 'answer', status: 403, body: { statusCode: 403, error: 'Forbidden' } } as const;
  const fault = await control.addFault({ method: 'POST', path: '/api/v2/users', effect });
  const headers = { prefer: 'respond-async' };
  const { headers: answered } = await call('POST', '/v1/users', { as, body: { email: anEmail() }, headers });
  const path = answered.get('location')!;
  await until(async () => (await call('GET', path, { as })).body.status === 'failed');
  await control.removeFault(fault.id);
  return path.split('/').at(-1)!;
}

async function ofDeletion(ok: Ok, tenant_id: string): Promise<void> {
  const as = await operator();
  // The other one stays: what a tenant leaves while it lives is looked at as well.
  const { body } = await ok('deleteTenant', { tenant_id }, { as, query: '?users=keep&dry_run=true' });
  if (typeof body.confirmation !== 'string') throw new Error('no confirmation');
  const gone = await aTenant();
  const dry = await ok('deleteTenant', { tenant_id: gone.id }, { as, query: '?users=delete&dry_run=true' });
  await ok(
    'deleteTenant',
    { tenant_id: gone.id },
    { as, query: `?users=delete&confirm=${dry.body.confirmation as string}` },
  );
}
