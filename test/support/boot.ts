/** Root hooks of mocha: ends what `world.ts` started, also after a failure. */
import { endWorld } from './world.ts';

export const mochaHooks = {
  async afterAll(this: Mocha.Context): Promise<void> {
    this.timeout(60_000);
    await endWorld();
  },
};
