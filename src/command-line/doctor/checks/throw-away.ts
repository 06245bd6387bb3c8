/** What a proof needs: a tenant with its key, or a key of an existing tenant. It has a mark, and is removed afterwards, whatever happens. */
import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { itemsOf, recordOf, type Json } from '../../setup/answers.ts';
import { callApi, textIn, type Answer } from '../call-api.ts';
import type { Doctor } from '../doctor.ts';
import { finding } from '../finding.ts';
import { isAlive } from '../is-alive.ts';

export interface ThrowAway {
  tenantId: string;
  /** The key, as `Authorization`, and its parts. */
  key: { authorization: string; clientId: string; secret: string };
  /** Of the throw-away tenant. */
  connection: string | undefined;
  organization: string | undefined;
  webApp: string | undefined;
  passwordUrl: string | undefined;
}

/** Removes what was made. @returns whether it is gone */
export type Remove = () => Promise<boolean>;

const ID = /^doctor-[0-9a-f]{12}$/;
/** Which machine and process it belongs to, so that no other run removes it while it is used. */
const MARK = /^Trivium doctor ([0-9a-f]{8}) (\d+)$/;
const KEY_SECONDS = 3_600;
const OLD_MS = 3_600_000;
const PAGE = 100;
const MAX_PAGES = 100;
const REMOVE_TRIES = 30;
const PAUSE_MS = 2_000;

const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const mark = () => `Trivium doctor ${machine} ${process.pid}`;

/** @param callback where the throw-away web app returns to; undefined: none is needed */
export async function makeTenant(
  doctor: Doctor,
  callback: string | undefined,
  willRemove: (remove: Remove) => void,
): Promise<ThrowAway | undefined> {
  const { url, operator: authorization, options } = doctor;
  const id = `doctor-${randomBytes(6).toString('hex')}`;
  willRemove(() => deleteTenant(doctor, id));
  const webApp = (address: string) => ({
    web_app: { origins: [new URL(address).origin], callback_urls: [address] },
  });
  const common = { id, name: mark(), admin: { email: options.user ?? `${id}@doctor.example.com` } };
  // Not aborted by an interruption: what was created has to be known.
  const create = (more: object): Promise<Answer> =>
    callApi(url, 'POST', '/v1/tenants', { authorization, body: { ...common, ...more } });
  let made = await create(callback === undefined ? {} : { ...webApp(callback), database: 'own' });
  // Without a shared web app, each tenant needs its own.
  if (made.said.includes('tenancy_not_available') && callback === undefined)
    made = await create(webApp('http://127.0.0.1/callback'));
  if (made.status !== 201) {
    doctor.found(finding(whyNot(made), `a tenant was not created: ${made.said}`));
    return undefined;
  }
  const [tenant, admin] = [recordOf(made.body['tenant']) ?? {}, recordOf(made.body['admin']) ?? {}];
  return {
    tenantId: id,
    key: keyIn(recordOf(made.body['api_key']) ?? {}),
    connection: textIn(tenant, 'connection') || undefined,
    organization:
      textIn(recordOf(tenant['organization']) ?? {}, 'id') || textIn(tenant, 'organization') || undefined,
    webApp: textIn(recordOf(tenant['web_app']) ?? {}, 'client_id') || undefined,
    passwordUrl: textIn(admin, 'password_url') || undefined,
  };
}

/** A key that expires by itself, should nobody be able to remove it. */
export async function makeKey(
  doctor: Doctor,
  tenantId: string,
  authorization: string,
  willRemove: (remove: Remove) => void,
): Promise<ThrowAway | undefined> {
  const { url } = doctor;
  const name = mark();
  willRemove(() => deleteKeys(url, authorization, (one) => one === name));
  const expires_at = new Date(Date.now() + KEY_SECONDS * 1000).toISOString();
  const body = { name, scopes: ['read:users'], expires_at };
  const made = await callApi(url, 'POST', '/v1/tenant/api-keys', { authorization, body });
  if (made.status !== 201) {
    doctor.found(finding(whyNot(made), `a key of ${tenantId} was not created: ${made.said}`));
    return undefined;
  }
  const none = { connection: undefined, organization: undefined, webApp: undefined, passwordUrl: undefined };
  return { tenantId, key: keyIn(made.body), ...none };
}

/** Auth0 may allow fewer applications than APPLICATION_LIMIT says. */
const whyNot = ({ said }: Answer) =>
  said.includes('application_limit_reached') ? 'applications_exhausted' : 'throw_away_failed';

function keyIn(body: Json): ThrowAway['key'] {
  const [clientId, secret] = [textIn(body, 'client_id'), textIn(body, 'client_secret')];
  return {
    clientId,
    secret,
    authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
  };
}

/** What an earlier run left that was killed. */
export async function removeLeftovers(doctor: Doctor): Promise<void> {
  const { url, operator, tenantKey, signal } = doctor;
  if (tenantKey !== undefined) {
    await deleteKeys(url, tenantKey, (name, created) => isAbandoned(name, created));
    return;
  }
  for (const id of await abandonedTenants(url, operator, signal)) {
    doctor.say(`Removing ${id}, which an earlier run left.`);
    if (!(await deleteTenant(doctor, id))) doctor.found(finding('left_behind', `the tenant ${id}`));
  }
}

async function abandonedTenants(url: string, authorization: string, signal: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  let cursor = '';
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(cursor && { cursor }) });
    const answer = await callApi(url, 'GET', `/v1/tenants?${query.toString()}`, { authorization, signal });
    for (const tenant of itemsOf(answer.body, 'tenants'))
      if (ID.test(textIn(tenant, 'id')) && isAbandoned(textIn(tenant, 'name'), textIn(tenant, 'created_at')))
        found.push(textIn(tenant, 'id'));
    cursor = textIn(answer.body, 'next_cursor');
    if (!cursor) break;
  }
  return found;
}

/** Of a process that has ended here, or older than any run: elsewhere, or when the number of the process is another one's by now. */
export function isAbandoned(name: string, createdAt: string): boolean {
  const [, where, pid] = MARK.exec(name) ?? [];
  if (where === undefined) return false;
  if (Date.now() - Date.parse(createdAt) > OLD_MS) return true;
  return where === machine && Number(pid) !== process.pid && !isAlive(Number(pid));
}

/** In two requests, each of which can be repeated. */
async function deleteTenant({ url, operator: authorization }: Doctor, id: string): Promise<boolean> {
  const path = `/v1/tenants/${id}?users=delete`;
  for (let tries = 0; tries < REMOVE_TRIES; tries += 1) {
    const preview = await callApi(url, 'DELETE', `${path}&dry_run=true`, { authorization });
    if (preview.status === 404) return true;
    const confirm = encodeURIComponent(textIn(preview.body, 'confirmation'));
    const gone =
      preview.status === 200
        ? await callApi(url, 'DELETE', `${path}&confirm=${confirm}`, { authorization })
        : preview;
    if (gone.status === 204) return true;
    // It is still being created, or the workers are busy.
    if (gone.status > 0 && gone.status < 500 && ![409, 429, 202].includes(gone.status)) return false;
    await delay(PAUSE_MS);
  }
  return false;
}

async function deleteKeys(
  url: string,
  authorization: string,
  which: (name: string, createdAt: string) => boolean,
): Promise<boolean> {
  const list = await callApi(url, 'GET', '/v1/tenant/api-keys', { authorization });
  let areGone = list.status === 200;
  for (const key of itemsOf(list.body, 'api_keys')) {
    if (!which(textIn(key, 'name'), textIn(key, 'created_at'))) continue;
    const path = `/v1/tenant/api-keys/${encodeURIComponent(textIn(key, 'client_id'))}`;
    const { status } = await callApi(url, 'DELETE', path, { authorization });
    areGone &&= status === 204 || status === 404;
  }
  return areGone;
}
