/** Root hooks of mocha: ends what `world.ts` started, also after a failure. */
import { endWorld } from './world.ts';

const PORTS_PER_WORKER = 4_000;
// Each process of `mocha --parallel` starts servers on ports of its own.
const worker = process.env['MOCHA_WORKER_ID'];
if (worker !== undefined) {
  const from = 15_000 + (Number(worker) % 4) * PORTS_PER_WORKER;
  process.env['FREE_PORTS'] = `${from}-${from + PORTS_PER_WORKER}`;
}

export const mochaHooks = {
  async afterAll(this: Mocha.Context): Promise<void> {
    this.timeout(60_000);
    await endWorld();
  },
};
