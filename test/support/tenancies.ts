/** The same tests for tenants that share nothing, that share database and web app, and that are organizations besides. */
import type { Tenancy as DemoTenancy } from '../../src/start/home.ts';
import { ownWorld, type OwnDeployment } from './own-deployment.ts';
import { moveInto, world, WORLD_MS, WORLD_SETTINGS } from './world.ts';

export type Tenancy = Exclude<DemoTenancy, 'each'>;

/** @param suite is run in the world, and in deployments whose demo tenants share what they can, or are organizations besides */
export function inEachTenancy(suite: (tenancy: Tenancy) => void): void {
  describe('of tenants that share nothing', () => {
    before(async function () {
      this.timeout(WORLD_MS);
      await world();
    });
    suite('own');
  });
  describe('of tenants that share database and web app', () => {
    moveIntoWorldOf('shared');
    suite('shared');
  });
  describe('of tenants that are organizations', () => {
    moveIntoWorldOf('organization');
    suite('organization');
  });
}

/** For the tests around: a deployment of their own, whose demo tenants are kept apart like this. */
export function moveIntoWorldOf(tenancy: DemoTenancy): void {
  let own: OwnDeployment | undefined;
  let moveOut: (() => void) | undefined;
  before(async function () {
    this.timeout(WORLD_MS);
    const started = await ownWorld({ ...WORLD_SETTINGS, tenancy });
    own = started;
    moveOut = moveInto(started);
  });
  after(async function () {
    this.timeout(WORLD_MS);
    moveOut?.();
    await own?.end();
  });
}
