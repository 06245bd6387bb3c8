/**
 * Baseline: the API itself, every step of it, but that it asks the authority for a user in its own process. What is left out is the
 * record, the queue, the budget and the waking of the worker and of who waits, and nothing else.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpCall } from '../../../src/auth0/http-call.ts';
import { createManagementToken } from '../../../src/auth0/management-token.ts';
import { createManagement } from '../../../src/auth0/management.ts';
import { createTokenEndpoint } from '../../../src/auth0/token-endpoint.ts';
import { readApiConfig } from '../../../src/config.ts';
import { loadContract } from '../../../src/contract/load-contract.ts';
import { createApp } from '../../../src/http/app.ts';
import { createLog } from '../../../src/log.ts';
import type { JobRecord } from '../../../src/relay/job-records.ts';
import type { RelayRequest } from '../../../src/relay/relay.ts';
import { openServices } from '../../../src/services.ts';
import { fetchOwnUser } from '../../../workers/relay/fetch-own-user.ts';
import { toUserRecord } from '../../../workers/relay/to-user-record.ts';

const TIMEOUT_MS = 10_000;

const config = readApiConfig();
const contract = loadContract();
const { services, close } = await openServices(
  config,
  contract,
  createLog(config.LOG_LEVEL, contract.sensitive),
);
const authorityUrl = config.AUTHORITY_URL;
const token = createManagementToken({
  authorityUrl,
  clientId: process.env['BENCH_CLIENT_ID']!,
  clientSecret: process.env['BENCH_CLIENT_SECRET']!,
  tokens: createTokenEndpoint(authorityUrl),
});
const management = createManagement(authorityUrl, token)((url, init) => httpCall(url, init, TIMEOUT_MS));

async function run({ operationId, input }: RelayRequest<'getUser'>): Promise<JobRecord> {
  const outcome = toUserRecord(await fetchOwnUser(management, input));
  return { operationId, status: 'succeeded', ended: { outcome } } as JobRecord;
}

const relay = { ...services.relay, run: run as never };
const app = createApp({ ...services, relay, publicUrl: config.PUBLIC_URL! }).callback();
const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => void app(request, response));
server.listen(0, 'localhost', () => {
  process.send?.({ type: 'ready', url: `http://localhost:${(server.address() as AddressInfo).port}` });
});
process.on('SIGTERM', () => {
  server.close().closeAllConnections();
  void close();
});
