/** An event stream of the authority that delivers to an API process. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Management } from 'auth0';
import { until } from './api-keys.ts';
import { management } from './authority.ts';
import { call, type Answer } from './client.ts';

export const EVENTS_PATH = '/v1/auth0/events';

/** A file with these tokens; none: with a new one. */
export function writeTokens(...tokens: string[]): { file: string; token: string } {
  const [token = randomBytes(32).toString('base64'), ...others] = tokens;
  const file = join(mkdtempSync(join(tmpdir(), 'trivium-events-')), 'events.token');
  writeFileSync(file, [token, ...others].map((one) => `${one}\n`).join(''));
  return { file, token };
}

const TYPES = [
  'user.created',
  'user.updated',
  'user.deleted',
  'organization.member.added',
  'organization.member.deleted',
] as const;

/** @returns its id */
export async function makeEventStream(api: string, token: string): Promise<string> {
  const body = {
    name: 'Trivium events',
    subscriptions: TYPES.map((event_type) => ({ event_type })),
    destination: {
      type: 'webhook',
      configuration: {
        webhook_endpoint: api + EVENTS_PATH,
        webhook_authorization: { method: 'bearer', token },
      },
    },
  } as Management.EventStreamsCreateRequest;
  const { id } = (await (await management()).eventStreams.create(body)) as { id: string };
  return id;
}

/** What a delivery says, if nothing else is said. */
export function delivery(
  type: string,
  object: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: `evt_${randomUUID()}`,
    source: 'urn:auth0:example.eu.auth0.com',
    type,
    time: new Date().toISOString(),
    data: { object },
    a0tenant: 'example',
    a0stream: 'est_1',
    ...more,
  };
}

export const deliver = (body: unknown, as: string | undefined, at?: string): Promise<Answer> =>
  call('POST', EVENTS_PATH, { body, as, ...(at !== undefined && { at }) });

/** Until all that was delivered before is processed. */
export async function whenProcessed(at?: string): Promise<void> {
  await until(async () => {
    const { body } = await call('GET', '/metrics', at === undefined ? {} : { at });
    return /^trivium_authority_events_waiting 0$/m.test(String(body));
  });
}
