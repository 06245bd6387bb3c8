/** The API's own parts and how it is served, for baselines that leave one thing of it out. */
import type { AddressInfo } from 'node:net';
import type Koa from 'koa';
import { readApiConfig } from '../../../src/config.ts';
import { loadGateway } from '../../../src/gateway/load-gateway.ts';
import type { State } from '../../../src/http/state.ts';
import { createLog } from '../../../src/log.ts';
import { openServices } from '../../../src/services.ts';

/** As `src/api.ts` opens them, by the same environment. */
export const config = readApiConfig();
const gateway = loadGateway(config.SERVICES);
export const { contract } = gateway;
export const publicUrl = config.PUBLIC_URL!;

export const openOwnServices = () =>
  openServices(config, gateway, createLog(config.LOG_LEVEL, contract.sensitive));

/** Until the process is told to stop. */
export function serve(app: Koa<State>, close: () => Promise<void>): void {
  const server = app.listen(0, 'localhost', () => {
    process.send?.({ type: 'ready', url: `http://localhost:${(server.address() as AddressInfo).port}` });
  });
  process.on('SIGTERM', () => {
    server.close().closeAllConnections();
    void close();
  });
}
