/** As `npm start -- --example orders`, on free ports: everything, with `examples/orders/services.yaml`. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDevJson } from '../../src/start/dev-json.ts';
import { anyFreePort } from '../../src/start/ports.ts';
import { ownWorld, type OwnDeployment } from '../support/own-deployment.ts';
import { moveInto } from '../support/world.ts';
import { ORDERS, PROJECT, startExample, type ExampleProgram } from './program.ts';

export interface ExamplesDeployment extends OwnDeployment {
  /** The file of `SERVICES`. */
  services: string;
  /** The file that `npm start` writes. */
  devJson: string;
  /** Starts the service where it is expected. */
  startOrders: (which?: (typeof ORDERS)[number]) => Promise<ExampleProgram>;
}

export async function examplesDeployment(apiSettings = {}): Promise<ExamplesDeployment> {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  const port = await anyFreePort();
  cpSync(join(PROJECT, 'examples/orders'), folder, { recursive: true });
  const services = join(folder, 'services.yaml');
  writeFileSync(services, readFileSync(services, 'utf8').replace('localhost:4100', `localhost:${port}`));
  const own = await ownWorld({ services, tenancy: 'each', apiSettings });
  const moveBack = moveInto(own);
  writeDevJson(own);
  return {
    ...own,
    services,
    devJson: join(own.home, 'dev.json'),
    startOrders: async ({ command, env } = ORDERS[0]!) => {
      const program = startExample(command, {
        PORT: String(port),
        TRIVIUM_URL: own.api,
        REPORT_ROW_MS: '1',
        ...env,
      });
      await program.says(/^orders: http/m);
      return program;
    },
    end: async () => {
      moveBack();
      await own.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
