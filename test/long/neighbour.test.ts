/** One tenant's backlog is that tenant's wait: counted in calls at the authority that others got meanwhile, not in time. */
import { expect } from 'chai';
import { newApiKey } from '../support/api-keys.ts';
import { apiKey, demoUser, user } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { ownWorld, type OwnDeployment } from '../support/own-deployment.ts';
import { moveInto, WORLD_MS } from '../support/world.ts';

const WAITING = 600;
/**
 * Two slots of others, one slot more for each further call of one's own, and calls that were made while request, answer and the question
 * for these calls went: a tenth of those that wait, on a busy machine. To the slot: `fair-queue.test.ts`.
 */
const MOST = WAITING / 10;

describe('while one caller has 600 calls waiting', function () {
  this.timeout(360_000);
  let deployment: OwnDeployment;
  let moveOut: () => void;
  let keys: string[];

  before(async function () {
    this.timeout(WORLD_MS);
    const own = await ownWorld({ plan: 'enterprise-nonproduction' });
    deployment = own;
    moveOut = moveInto(own);
    await own.startWorker('worker-2');
    keys = [await apiKey('acme')];
    const scopes = ['read:users', 'update:users', 'create:users'];
    for (let i = 0; i < 2; i += 1) keys.push((await newApiKey('acme', { scopes })).as);
    // Neither keys nor tokens are checked for the first time later.
    for (const as of [...keys, await apiKey('globex'), await user('acme'), await user('globex')])
      await call('GET', '/v1/users?email=a@b.example', { as });
  });
  after(async function () {
    this.timeout(WORLD_MS);
    moveOut?.();
    await deployment?.end();
  });

  const pathOf = async (tenant: 'acme' | 'globex') =>
    `/v1/users/${encodeURIComponent((await demoUser(tenant, 'member')).user_id)}`;
  const calls = async () =>
    Object.values(await deployment.control.calls())
      .flatMap((byStatus) => Object.values(byStatus))
      .reduce((sum, n) => sum + n, 0);

  async function pileUp(by: string[]): Promise<void> {
    const path = await pathOf('acme');
    const send = (n: number) =>
      call('PATCH', path, {
        as: by[n % by.length]!,
        body: { name: `N ${n}` },
        headers: { prefer: 'respond-async' },
      });
    for (let n = 0; n < WAITING; n += 20) {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => send(n + i)));
      expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([202]));
    }
  }

  /** Calls that were made until it was answered, its own too. */
  async function cost(ask: () => Promise<Answer>, status: number): Promise<number> {
    const before = await calls();
    expect((await ask()).status).to.equal(status);
    return (await calls()) - before;
  }
  const wait = { prefer: 'wait=50' };

  it('another tenant reads and writes as if nothing waited', async () => {
    await pileUp(keys.slice(0, 1));
    const as = await apiKey('globex');
    const path = await pathOf('globex');
    for (let i = 0; i < 3; i += 1) {
      expect(await cost(() => call('GET', path, { as, headers: wait }), 200)).to.be.at.most(MOST);
      const body = { name: `Neighbour ${i}` };
      expect(await cost(() => call('PATCH', path, { as, body, headers: wait }), 200)).to.be.at.most(MOST);
    }
    const roles = () => call('GET', `${path}/roles`, { as, headers: wait });
    expect(await cost(roles, 200)).to.be.at.most(MOST);
    // And who belongs to no tenant.
    const consents = async () => call('GET', '/v1/me/consents', { as: await user('globex'), headers: wait });
    expect(await cost(consents, 200)).to.be.at.most(MOST);
  });

  it('so does another caller of the same tenant', async () => {
    const path = await pathOf('acme');
    for (const as of [await user('acme'), keys[1]!])
      expect(await cost(() => call('GET', `${path}/roles`, { as, headers: wait }), 200)).to.be.at.most(MOST);
  });

  it('and another tenant, when they came by several keys', async () => {
    await pileUp(keys.slice(1));
    const as = await apiKey('globex');
    const path = await pathOf('globex');
    for (let i = 0; i < 3; i += 1)
      expect(await cost(() => call('GET', path, { as, headers: wait }), 200)).to.be.at.most(MOST);
  });
});
