/** What everybody can try at their own deployment: who is refused at each operation of the services. */
import { expect } from 'chai';
import { loadGateway } from '../../src/gateway/load-gateway.ts';
import { checkServices, type CheckResult, type Credentials } from '../../src/start/service-checks.ts';
import { ordersDeployment, type OrdersDeployment } from '../gateway/orders-deployment.ts';
import { apiKey, app, user } from '../support/callers.ts';
import { WORLD_MS } from '../support/world.ts';

describe('checks of services', () => {
  let own: OrdersDeployment;
  before(async function () {
    this.timeout(WORLD_MS);
    own = await ordersDeployment();
  });
  after(() => own.end());

  const credentials = async (): Promise<Credentials> => ({
    apiKey: await apiKey('acme'),
    admin: await user('acme'),
    member: await user('acme', 'member'),
    app: await app('acme'),
    otherKey: await apiKey('globex'),
  });
  async function run(changed: Partial<Credentials> = {}): Promise<CheckResult[]> {
    const results: CheckResult[] = [];
    const given = { ...(await credentials()), ...changed };
    for await (const result of checkServices(own.api, loadGateway(own.file), given)) results.push(result);
    return results;
  }

  it('find nothing where everything is as declared, and send nothing but reads', async () => {
    const results = await run();
    expect(results.filter(({ wrong }) => wrong !== undefined)).to.deep.equal([]);
    expect(new Set(results.map(({ operation }) => operation))).to.have.length(4);
    expect(results.length).to.be.at.least(20);
    expect(new Set(own.service.arrived.map(({ method }) => method))).to.deep.equal(new Set(['GET']));
  });

  it('say where somebody gets in who should not', async () => {
    const wrong = (await run({ member: await user('acme') })).filter((result) => result.wrong !== undefined);
    expect(wrong.map(({ what }) => what)).to.include('a user without a role for it');
    expect(wrong[0]!.wrong).to.match(/^\d{3} .*instead of 403 insufficient_role/);
  });
});
