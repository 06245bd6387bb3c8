/** Services that record events, at an API process of a test's own beside those of the world. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StartedProcess } from '../../src/start/processes.ts';
import { SERVICES, writeServices } from '../gateway/declaration/orders.ts';
import { call, type Answer } from './client.ts';
import { world } from './world.ts';

export const aSecret = () => randomBytes(32).toString('base64');
export const eventsOf = (service: string) => `/v1/services/${service}/events`;

/** What stands at `orders` in the file of `SERVICES`. */
export const EVENTS = `    secretFile: ./orders.secret
    events:
      order.shipped: An order was shipped
      order.created: An order was created
`;
export const WITH_EVENTS = SERVICES.replace('    operations:', `${EVENTS}    operations:`);
const BILLING = `  billing:
    contract: ./orders.openapi.yaml
    url: http://127.0.0.1:4101/
    prefix: /billing
    secretFile: ./billing.secret
    events: { invoice.paid: An invoice was paid }
    operations: { listOrders: { apiKey: ['read:orders'] } }
`;

export const TWO_SERVICES = WITH_EVENTS + BILLING;

export interface Recorders {
  /** The file of `SERVICES`. */
  file: string;
  /** Secrets as they are written into the file of a service. */
  write: (service: 'orders' | 'billing', ...secrets: string[]) => void;
  orders: string;
  billing: string;
}

/** Two services that record events, each with a secret. */
export function writeRecorders(services = TWO_SERVICES): Recorders {
  const file = writeServices(services);
  const recorders = { file, orders: aSecret(), billing: aSecret() };
  const write: Recorders['write'] = (service, ...secrets) =>
    writeFileSync(join(dirname(file), `${service}.secret`), secrets.map((one) => `${one}\n`).join(''));
  write('orders', recorders.orders);
  write('billing', recorders.billing);
  return { ...recorders, write };
}

export async function startRecorder(
  { file }: Pick<Recorders, 'file'>,
  name: string,
  settings: Record<string, string> = {},
): Promise<StartedProcess> {
  return (await world()).startApi(name, { SERVICES: file, ...settings });
}

interface Sent {
  at: string;
  /** Value of `Authorization`. */
  as?: string | undefined;
  key?: string;
  headers?: Record<string, string>;
}

/** Records an event. */
export function post(service: string, body: unknown, { at, as, key, headers }: Sent): Promise<Answer> {
  const sent: Record<string, string> = { ...headers };
  if (key !== undefined) sent['idempotency-key'] = key;
  return call('POST', eventsOf(service), { at, as, body, headers: sent });
}
