/** The API process: wiring only. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { configOrExit, readApiConfig } from './config.ts';
import { loadContract } from './contract/load-contract.ts';
import { createApp } from './http/app.ts';
import { createLog } from './log.ts';
import { openServices } from './services.ts';

const config = configOrExit(readApiConfig);
const contract = loadContract();
const log = createLog(config.LOG_LEVEL, contract.sensitive);

/** Whatever is under way has so long to end after SIGTERM. */
const STOP_MS = 15_000;

const { services, close } = await openServices(config, contract, log);
const server = createServer({
  requestTimeout: config.REQUEST_TIMEOUT_SECONDS * 1000,
  headersTimeout: Math.min(config.REQUEST_TIMEOUT_SECONDS, 15) * 1000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
});
const publicUrl = await new Promise<string>((resolve, reject) => {
  server.once('error', reject).listen(config.PORT, config.HOST, () => {
    const { port } = server.address() as AddressInfo;
    const url = config.PUBLIC_URL ?? `http://localhost:${port}`;
    const answer = createApp({ ...services, publicUrl: url }).callback();
    server.on('request', (request, response) => void answer(request, response));
    resolve(url);
  });
});
log.info({ url: publicUrl }, 'API is ready');
process.send?.({ type: 'ready', url: publicUrl });

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  const forced = setTimeout(() => process.exit(1), STOP_MS).unref();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  await close();
  clearTimeout(forced);
  if (process.connected) process.disconnect();
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
// Whoever started this process as a child has died without stopping it.
process.on('disconnect', () => void stop());
