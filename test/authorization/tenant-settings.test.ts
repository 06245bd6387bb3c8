/** Limits never shut a tenant out of its own settings, whoever sets them. */
import { expect } from 'chai';
import {
  chooseWithin,
  limitsOf,
  moveBounds,
  settingsInForce,
} from '../../src/authorization/tenant-settings.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { MIN_REQUESTS_PER_MINUTE } from '../../src/contract/request-floor.ts';
import { Problem } from '../../src/problem.ts';
import { api } from '../../src/settings/api.ts';

const REQUESTS = ['requests_per_minute', 'requests_per_minute_per_principal'] as const;
const defaults = {
  imports: 10,
  api_keys: 20,
  requests_per_minute: 6_000,
  requests_per_minute_per_principal: 3_000,
  default_app_access: 'allow' as const,
  roles: ['admin', 'member'],
};
const below = MIN_REQUESTS_PER_MINUTE - 1;

function pointersOf(change: () => unknown): (string | undefined)[] {
  try {
    change();
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid_body')
      return (error.parts.errors ?? []).map(({ pointer, code }) => `${code} ${pointer}`);
    throw error;
  }
  return [];
}

describe('limits on requests', () => {
  for (const name of REQUESTS) {
    it(`${name}: neither the tenant nor the operator sets it below the floor`, () => {
      for (const limit of [below, 1, 0, -1]) {
        expect(pointersOf(() => chooseWithin({}, defaults, { limits: { [name]: limit } }))).to.deep.equal([
          `below_minimum /limits/${name}`,
        ]);
        expect(pointersOf(() => moveBounds({}, defaults, { max_limits: { [name]: limit } }))).to.deep.equal([
          `below_minimum /max_limits/${name}`,
        ]);
      }
      const least = { [name]: MIN_REQUESTS_PER_MINUTE };
      expect(chooseWithin({}, defaults, { limits: least }).limits).to.deep.equal(least);
      expect(moveBounds({}, defaults, { max_limits: least }).max_limits).to.deep.equal(least);
    });

    it(`${name}: one that is stored below the floor is lifted, wherever it stands`, () => {
      for (const entry of [
        { limits: { [name]: 0 } },
        { max_limits: { [name]: 0 } },
        { limits: { [name]: below } },
      ])
        expect(limitsOf(entry, defaults)[name]).to.equal(MIN_REQUESTS_PER_MINUTE);
      expect(limitsOf({}, { ...defaults, [name]: 0 })[name]).to.equal(MIN_REQUESTS_PER_MINUTE);
      const shown = settingsInForce({ limits: { [name]: 0 }, max_limits: { [name]: 0 } }, defaults);
      expect([shown.limits[name], shown.max_limits[name]]).to.deep.equal([10, 10]);
    });

    it(`${name}: one that stood at a bound below the floor moves with it`, () => {
      const entry = { limits: { [name]: 0 }, max_limits: { [name]: 0 } };
      const moved = moveBounds(entry, defaults, { max_limits: { [name]: 500 } });
      expect(limitsOf(moved, defaults)[name]).to.equal(500);
    });

    it(`${name}: the deployment's own is refused at start below the floor`, () => {
      const { read } =
        api[name === REQUESTS[0] ? 'REQUESTS_PER_MINUTE_PER_TENANT' : 'REQUESTS_PER_MINUTE_PER_PRINCIPAL'];
      expect(() => read(String(below))).to.throw();
      expect(read(String(MIN_REQUESTS_PER_MINUTE))).to.equal(MIN_REQUESTS_PER_MINUTE);
    });

    it(`${name}: the contract says the same floor`, () => {
      const { schemas } = loadContract().document['components'] as {
        schemas: Record<
          string,
          { properties: Record<string, { properties: Record<string, { minimum: number }> }> }
        >;
      };
      const said = [
        schemas['TenantChanges']!.properties['limits'],
        schemas['OperatedTenantChanges']!.properties['max_limits'],
        schemas['NewTenant']!.properties['max_limits'],
        schemas['Tenant']!.properties['limits'],
        schemas['Tenant']!.properties['max_limits'],
        schemas['OperatedTenant']!.properties['limits'],
      ].map((limits) => limits!.properties[name]!.minimum);
      expect(new Set(said)).to.deep.equal(new Set([MIN_REQUESTS_PER_MINUTE]));
    });
  }

  it('are the only ones with a floor: no imports and no more keys are a choice', () => {
    const none = { imports: 0, api_keys: 0 };
    expect(chooseWithin({}, defaults, { limits: none }).limits).to.deep.equal(none);
    expect(limitsOf({ limits: none }, defaults)).to.deep.include(none);
  });
});
