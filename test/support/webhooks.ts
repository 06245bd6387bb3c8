/** Webhooks made through the API, as a tenant's back end makes them, and things that they are told of. */
import { randomUUID } from 'node:crypto';
import type { components } from '../../src/contract/generated.ts';
import { call } from './client.ts';

type Schemas = components['schemas'];

export interface MadeWebhook {
  path: string;
  id: string;
  secret: string;
}

export const VERIFICATION = 'webhook.verification';

/** What costs no call to the authority. */
export const CREATED = 'initial_access_token.created';

/** @param as value of `Authorization` */
export async function aWebhook(as: string, url: string, more: object = {}): Promise<MadeWebhook> {
  const body = { url, event_types: [CREATED], ...more };
  const { status, headers, body: made } = await call('POST', '/v1/tenant/webhooks', { as, body });
  if (status !== 201) throw new Error(`no webhook: ${status} ${JSON.stringify(made)}`);
  return { path: headers.get('location')!, id: made.id as string, secret: made.secret as string };
}

/** Something happens. @returns the id of the request by which it did */
export async function happen(as: string): Promise<string> {
  const id = randomUUID();
  const options = { as, body: { name: 'A partner' }, headers: { 'x-request-id': id } };
  const { status, body } = await call('POST', '/v1/tenant/initial-access-tokens', options);
  if (status !== 201) throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
  return id;
}

export async function happenInARow(as: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) ids.push(await happen(as));
  return ids;
}

export async function readWebhook(as: string, { path }: MadeWebhook): Promise<Schemas['Webhook']> {
  return (await call('GET', path, { as })).body as Schemas['Webhook'];
}

/** Newest first, without what asked whether the endpoint agrees. */
export async function deliveriesOf(
  as: string,
  { path }: MadeWebhook,
): Promise<Schemas['WebhookDeliveryList']['deliveries']> {
  return (await triesOf(as, path)).filter(({ type }) => type !== VERIFICATION);
}

/** Newest first. */
export async function verificationsOf(
  as: string,
  { path }: MadeWebhook,
): Promise<Schemas['WebhookDeliveryList']['deliveries']> {
  return (await triesOf(as, path)).filter(({ type }) => type === VERIFICATION);
}

async function triesOf(as: string, path: string): Promise<Schemas['WebhookDeliveryList']['deliveries']> {
  const { body } = await call('GET', `${path}/deliveries?limit=100`, { as });
  return (body as Schemas['WebhookDeliveryList']).deliveries;
}
