/** The API process: wiring only. */
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { configOrExit, readApiConfig } from './config.ts';
import { loadContract } from './contract/load-contract.ts';
import { createApp } from './http/app.ts';
import { answerClientErrors } from './http/client-error.ts';
import { listen } from './http/listen.ts';
import { logLastWords } from './last-words.ts';
import { createLog } from './log.ts';
import { closePrototypes } from './prototypes.ts';
import { openServices } from './services.ts';
import { settingWarnings } from './settings/setting-warnings.ts';

closePrototypes();

const config = configOrExit(readApiConfig);
const contract = loadContract();
const log = createLog(config.LOG_LEVEL, contract.sensitive);
logLastWords(log);

/** Whatever is under way has so long to end after SIGTERM. */
const STOP_MS = 15_000;
const SWEEP_MS = 50;
/** Whoever is answered before the end of its body may go on sending for so long, so that it comes to read the answer. */
const UNREAD_MS = 10_000;

// Whoever started this process may die while it waits for Redis.
const orphaned = () => process.exit(1);
process.once('disconnect', orphaned);
const { services, close, unready } = await openServices(config, contract, log);
process.off('disconnect', orphaned);
const server = createServer({
  // The last resort: bodies are watched where they are read, and uploads may take long.
  requestTimeout: Math.max(config.REQUEST_TIMEOUT_SECONDS, config.UPLOAD_TIMEOUT_SECONDS) * 1000,
  headersTimeout: Math.min(config.REQUEST_TIMEOUT_SECONDS, 15) * 1000,
  // How often Node looks for requests that are too slow; by itself every 30 s.
  connectionsCheckingInterval: Math.min(config.REQUEST_TIMEOUT_SECONDS * 500, 5_000),
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  // Node would answer by itself, with nothing in it: `checkHead` looks at it.
  requireHostHeader: false,
});
// Node would drop what comes after so many, silently: their bytes are bounded above.
server.maxHeadersCount = 0;
const listening = await listen(server, config.HOST, config.PORT);
const { port } = listening;
const publicUrl = config.PUBLIC_URL ?? `http://localhost:${port}`;
for (const warning of settingWarnings(config, publicUrl)) log.warn(warning);
const answer = createApp({ ...services, publicUrl }).callback();
answerClientErrors(server, { publicUrl, requestLog: services.requestLog });
let stopping = false;
server.on('request', (request, response) => {
  // Whoever keeps its connection would meet its end with the next request under way.
  if (stopping) response.shouldKeepAlive = false;
  void answer(request, response);
  // A body that nobody reads is thrown away as it comes, for a while.
  response.once('finish', () => {
    if (request.complete) return;
    setTimeout(() => request.complete || request.socket.destroy(), UNREAD_MS).unref();
  });
});
log.info({ port }, 'API is ready');
// Where this very process listens, which need not be the address that callers use.
process.send?.({ type: 'ready', url: `http://localhost:${port}` });

/** @param delayMs how long requests are still taken, while `/readyz` is red */
async function stop(delayMs: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  unready();
  log.info('API stops');
  await delay(delayMs);
  const forced = setTimeout(() => process.exit(1), STOP_MS).unref();
  // Connections that are kept alive end as soon as what is under way on them is answered.
  services.progress.close();
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  await listening.close();
  clearInterval(sweep);
  await close();
  clearTimeout(forced);
  if (process.connected) process.disconnect();
}
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => void stop(config.STOP_DELAY_SECONDS * 1000));
// Whoever started this process as a child has died without stopping it.
process.on('disconnect', () => void stop(0));
