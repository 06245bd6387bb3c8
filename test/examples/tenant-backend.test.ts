/** The example of a tenant's back end, and the checks that everybody can run, against the example service in each language. */
import { expect } from 'chai';
import { demoTenant } from '../support/callers.ts';
import { WORLD_MS } from '../support/world.ts';
import { examplesDeployment, type ExamplesDeployment } from './examples-deployment.ts';
import { ORDERS, startExample, type ExampleProgram } from './program.ts';

const BACKEND = ['python3', '-B', 'examples/tenant-backend/orders.py'] as const;

describe('the example of a tenant’s back end', () => {
  let own: ExamplesDeployment;
  let key: { client_id: string; client_secret: string };
  before(async function () {
    this.timeout(WORLD_MS);
    own = await examplesDeployment();
    key = (await demoTenant('acme')).api_key;
  });
  after(() => own?.end());

  const run = (words: string[], changed: Record<string, string> = {}) =>
    startExample([...BACKEND, ...words], {
      TRIVIUM_URL: own.api,
      TRIVIUM_CLIENT_ID: key.client_id,
      TRIVIUM_CLIENT_SECRET: key.client_secret,
      ...changed,
    }).ended;

  for (const which of ORDERS)
    describe(`with the service ${which.name}`, () => {
      let orders: ExampleProgram;
      before(async () => {
        orders = await own.startOrders(which);
      });
      after(() => orders?.kill());

      it('creates orders and lists its own tenant’s', async () => {
        const created = await run(['Desk lamp', '2']);
        expect(created.said).to.match(/^created [\da-f-]{36}\n.* 2 {2}Desk lamp\n$/);
        expect(created.code).to.equal(0);
        const other = (await demoTenant('globex')).api_key;
        const listed = await run([], {
          TRIVIUM_CLIENT_ID: other.client_id,
          TRIVIUM_CLIENT_SECRET: other.client_secret,
        });
        expect(listed).to.deep.equal({ code: 0, said: '' });
      });

      it('is refused at no operation otherwise than declared, as `npm run test-services` finds', async () => {
        const checks = [process.execPath, '--import', 'tsx', 'src/start/test-services.ts'] as const;
        const { code, said } = await startExample([...checks, own.services], { TRIVIUM_HOME: own.home })
          .ended;
        expect(said).to.match(/\n\d\d checks, 0 wrong\.\n$/);
        for (const operation of ['listOrders', 'getOrder', 'createOrder', 'dailyReport', 'orderEvents'])
          expect(said).to.include(`ok     orders.${operation}: a deleted key\n`);
        expect(code).to.equal(0);
      });
    });

  it('says that its key is refused, and does not show it', async () => {
    const secret = 'x'.repeat(64);
    const { code, said } = await run([], { TRIVIUM_CLIENT_SECRET: secret });
    expect(said).to.include('the API key is refused').and.include('invalid_api_key').and.not.include(secret);
    expect(code).to.equal(1);
  });

  it('says what the service would have refused', async () => {
    const { code, said } = await run(['Desk lamp', '0']);
    expect(said).to.include('POST /orders/orders: 422').and.include('/quantity');
    expect(code).to.equal(1);
  });

  it('says that nobody answers, and what it needs to know', async () => {
    expect((await run([], { TRIVIUM_URL: 'http://127.0.0.1:9' })).said).to.match(
      /^GET .*: no answer \(.*\)\n$/,
    );
    const { code, said } = await startExample(BACKEND, { TRIVIUM_URL: own.api }).ended;
    expect([code, said]).to.deep.equal([
      1,
      said.match(/^TRIVIUM_CLIENT_ID is not set; see the beginning of .*orders\.py\n$/)?.[0],
    ]);
  });
});
