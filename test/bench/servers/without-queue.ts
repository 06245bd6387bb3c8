/**
 * Baseline: the API itself, every step of it, but that it asks the authority for a user in its own process. What is left out is the
 * record, the queue, the budget and the waking of the worker and of who waits, and nothing else.
 */
import { httpCall } from '../../../src/auth0/http-call.ts';
import { createManagementToken } from '../../../src/auth0/management-token.ts';
import { createManagement } from '../../../src/auth0/management.ts';
import { createTokenEndpoint } from '../../../src/auth0/token-endpoint.ts';
import { createApp } from '../../../src/http/app.ts';
import type { JobRecord } from '../../../src/relay/job-records.ts';
import type { RelayRequest } from '../../../src/relay/relay.ts';
import { TenantUsers } from '../../../workers/relay/tenant-users.ts';
import { toUserRecord } from '../../../workers/relay/to-user-record.ts';
import { config, openOwnServices, publicUrl, serve } from './own-api.ts';

const TIMEOUT_MS = 10_000;

const { services, close } = await openOwnServices();
const authorityUrl = config.AUTHORITY_URL;
const token = createManagementToken({
  authorityUrl,
  clientId: process.env['BENCH_CLIENT_ID']!,
  proof: () => process.env['BENCH_CLIENT_SECRET']!,
  tokens: createTokenEndpoint(authorityUrl),
});
const management = createManagement({ authorityUrl, token })((url, init) => httpCall(url, init, TIMEOUT_MS));

async function run({ operationId, tenantId, input }: RelayRequest<'getUser'>): Promise<JobRecord> {
  const outcome = toUserRecord(
    await new TenantUsers(management, services.contract.roles, tenantId!, () =>
      Promise.resolve(undefined),
    ).get(input.userId),
  );
  return { operationId, status: 'succeeded', ended: { outcome } } as JobRecord;
}

services.relay.run = run as never;
serve(createApp({ ...services, publicUrl }), close);
