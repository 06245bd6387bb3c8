/** The API process: wiring only. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { configOrExit, readApiConfig } from './config.ts';
import { ServicesFault } from './gateway/declaration/services-fault.ts';
import { gatewayOrExit, loadGateway } from './gateway/load-gateway.ts';
import { watchFiles } from './gateway/watch-files.ts';
import { Generation } from './generation.ts';
import { followAnswers } from './http/answers-under-way.ts';
import { acceptUpgrades } from './http/gateway/accept-upgrades.ts';
import { answerClientErrors } from './http/client-error.ts';
import { listen } from './http/listen.ts';
import { logLastWords } from './last-words.ts';
import { createLog, createRequestLog } from './log.ts';
import { closePrototypes } from './prototypes.ts';
import { Shutdown } from './shutdown.ts';
import { clientWarnings, settingWarnings } from './settings/setting-warnings.ts';

closePrototypes();

const config = configOrExit(readApiConfig);
const gateway = gatewayOrExit(config.SERVICES, { secrets: true });
const { contract } = gateway;
const log = createLog(config.LOG_LEVEL, contract.sensitive);
logLastWords(log);

/** Time for requests in progress to end after SIGTERM. */
const STOP_MS = 15_000;
const SWEEP_MS = 50;
/** How long a client that was answered early may go on sending its body, so that it can read the answer. */
const UNREAD_MS = 10_000;

// The parent process may die while this one waits for Redis.
const orphaned = () => process.exit(1);
process.once('disconnect', orphaned);
const shutdown = new Shutdown();
const parts = { config, log, requestLog: createRequestLog(config.LOG_LEVEL), shutdown };
let current = await Generation.open(gateway, parts);
process.off('disconnect', orphaned);
const server = createServer({
  // Last resort: bodies have timeouts of their own where they are read, and uploads may take long.
  requestTimeout: Math.max(config.REQUEST_TIMEOUT_SECONDS, config.UPLOAD_TIMEOUT_SECONDS) * 1000,
  headersTimeout: Math.min(config.REQUEST_TIMEOUT_SECONDS, 15) * 1000,
  // How often Node checks for slow requests; its default is 30 s.
  connectionsCheckingInterval: Math.min(config.REQUEST_TIMEOUT_SECONDS * 500, 5_000),
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  // Node would answer with an empty 400; `checkHead` handles it.
  requireHostHeader: false,
});
// Node would silently drop header fields beyond a count; their size is limited above.
server.maxHeadersCount = 0;
const listening = await listen(server, config.HOST, config.PORT);
const { port } = listening;
const publicUrl = config.PUBLIC_URL ?? `http://localhost:${port}`;
const warnings = [
  ...settingWarnings(config, publicUrl),
  ...(await clientWarnings(config, (id) => current.services.registry.client(id))),
];
for (const warning of warnings) log.warn(warning);
current.compose(publicUrl);
const answersOf = followAnswers(server);
answerClientErrors(server, { answersOf, publicUrl, requestLog: parts.requestLog });
let stopping = false;
const answer = (request: IncomingMessage, response: ServerResponse) => current.answer(request, response);
// Whatever listens costs each request with `Upgrade`, and services may come later.
if (config.SERVICES !== undefined) acceptUpgrades(server, answersOf, answer);
server.on('request', (request, response) => {
  // A client that keeps its connection would send its next request into the close.
  if (stopping) response.shouldKeepAlive = false;
  answer(request, response);
  response.on('finish', endUnread);
});

/** An unread body is drained for a while. */
function endUnread(this: ServerResponse): void {
  const { req } = this;
  if (!req.complete) setTimeout(() => req.complete || req.socket.destroy(), UNREAD_MS).unref();
}

/** Reads SERVICES again: the new reading replaces the old one as a whole, or not at all. */
async function reload(servicesFile: string): Promise<void> {
  const next = await Generation.open(loadGateway(servicesFile, { secrets: true }), parts);
  if (stopping) return next.close();
  const previous = current;
  current = next.compose(publicUrl);
  log.info({ operations: next.gateway.operations.size }, 'SERVICES was read again');
  previous.retire().catch((err: unknown) => log.error({ err }, 'what was read before was not closed'));
}

let reloading = Promise.resolve();
const reloadInTurn = () => {
  const { SERVICES } = config;
  if (SERVICES === undefined) return;
  const stays = (err: unknown) =>
    log.error(
      err instanceof ServicesFault ? { faults: err.faults } : { err },
      'SERVICES was not read again; what was read before stays',
    );
  reloading = reloading.then(() => reload(SERVICES)).catch(stays);
};
process.on('SIGHUP', reloadInTurn);
const stopWatching = watchFiles(() => current.gateway.files, reloadInTurn);

/** @param delayMs how long requests are still accepted while `/readyz` fails */
async function stop(delayMs: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  stopWatching();
  current.unready();
  log.info('API stops');
  await delay(delayMs);
  const forced = setTimeout(() => process.exit(1), STOP_MS).unref();
  // Keep-alive connections end as soon as their current request is answered.
  current.services.progress.close();
  shutdown.begin();
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  await listening.close();
  clearInterval(sweep);
  await current.close();
  clearTimeout(forced);
  if (process.connected) process.disconnect();
}
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => void stop(config.STOP_DELAY_SECONDS * 1000));
// The parent process died without stopping this one.
process.on('disconnect', () => void stop(0));
log.info({ port }, 'API is ready');
// The address that this process listens on, which may differ from the public URL.
process.send?.({ type: 'ready', url: `http://localhost:${port}` });
