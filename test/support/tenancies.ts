/** The same tests for tenants with databases and web apps of their own, and for tenants that share both. */
import { ownWorld, type OwnDeployment } from './own-deployment.ts';
import { moveInto, world, WORLD_MS, WORLD_SETTINGS } from './world.ts';

export type Tenancy = 'own' | 'shared';

/** @param suite is run in the world, and in a deployment whose demo tenants share what they can */
export function inEachTenancy(suite: (tenancy: Tenancy) => void): void {
  describe('of tenants that share nothing', () => {
    before(async function () {
      this.timeout(WORLD_MS);
      await world();
    });
    suite('own');
  });
  describe('of tenants that share database and web app', () => {
    let own: OwnDeployment | undefined;
    let moveOut: (() => void) | undefined;
    before(async function () {
      this.timeout(WORLD_MS);
      const started = await ownWorld({ ...WORLD_SETTINGS, tenancy: 'shared' });
      own = started;
      moveOut = moveInto(started);
    });
    after(async function () {
      this.timeout(WORLD_MS);
      moveOut?.();
      await own?.end();
    });
    suite('shared');
  });
}
