/** What an app may do ends at once, on every process, however long its tokens would live (invariants 2 and 3). */
import { expect } from 'chai';
import { letIn, registerApp, tokens, type RegisteredApp } from '../support/apps.ts';
import { until } from '../support/api-keys.ts';
import { operator, user } from '../support/callers.ts';
import { call, type Answer } from '../support/client.ts';
import { startTraffic } from '../support/traffic.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** What the design allows. */
const REVOKED_MS = 1_000;

describe('an app that is shut out', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });

  interface Ending {
    name: string;
    code: string;
    status: number;
    end: (app: RegisteredApp) => Promise<Answer>;
    /** Undoes it; left out: it cannot be undone. */
    undo?: (app: RegisteredApp) => Promise<unknown>;
  }
  const decide = async ({ clientId }: RegisteredApp, decision: string) =>
    call('PUT', `/v1/tenant/apps/${clientId}`, { as: await user('acme'), body: { decision } });
  const setStatus = async ({ clientId }: RegisteredApp, status: string) =>
    call('PATCH', `/v1/apps/${clientId}`, { as: await operator(), body: { status } });

  const endings: Ending[] = [
    {
      name: 'by the user, who withdraws the consent',
      code: 'consent_withdrawn',
      status: 204,
      end: async ({ clientId }) => call('DELETE', `/v1/me/consents/${clientId}`, { as: await user('acme') }),
    },
    {
      name: 'by the operator, who blocks it',
      code: 'app_blocked',
      status: 200,
      end: (app) => setStatus(app, 'blocked'),
      undo: (app) => setStatus(app, 'approved'),
    },
    {
      name: 'by the tenant, which denies it',
      code: 'app_not_allowed',
      status: 200,
      end: (app) => decide(app, 'denied'),
      undo: (app) => decide(app, 'undecided'),
    },
    {
      name: 'by itself, when it is deleted',
      code: 'invalid_token',
      status: 204,
      end: (app) => call('DELETE', app.path, { as: app.manages }),
    },
  ];

  for (const { name, code, status, end, undo } of endings) {
    it(`${name}: nothing is accepted later than a second after the answer, while traffic flows`, async () => {
      const app = await registerApp();
      const { as } = await letIn(app, 'acme');
      const [others, another] = [await letIn(app, 'globex'), await letIn(await registerApp(), 'acme')];
      const flow = await startTraffic([as]);
      const bystanders = await startTraffic([another.as, await user('acme')]);
      await until(() => Promise.resolve(flow.accepted.length > 50));
      const answer = await end(app);
      const answeredAt = performance.now();
      expect(answer.status).to.equal(status);
      await until(() => Promise.resolve(performance.now() > answeredAt + 2 * REVOKED_MS));
      if (undo) {
        expect(flow.last()).to.deep.equal([code, code]);
        const undone = performance.now();
        await undo(app);
        await until(() => Promise.resolve(flow.last().every((one) => one === '200')));
        expect(flow.accepted.filter((at) => at > answeredAt + REVOKED_MS && at < undone)).to.deep.equal([]);
      } else {
        expect(Math.max(...flow.accepted) - answeredAt).to.be.below(REVOKED_MS);
      }
      await until(() => bystanders.accepted.some((sent) => sent > answeredAt + REVOKED_MS));
      await flow.stop();
      await bystanders.stop();
      expect([...flow.codes]).to.deep.equal([code]);
      expect([...bystanders.codes]).to.deep.equal([]);
      // Whoever decided for one tenant or one user decided for no other.
      const elsewhere = await call('GET', '/v1/me', { as: others.as });
      if (code === 'consent_withdrawn' || code === 'app_not_allowed') expect(elsewhere.status).to.equal(200);
    });
  }

  it('works again at once when its user consents anew, and its old tokens stay dead', async () => {
    const app = await registerApp();
    const old = await letIn(app, 'acme', { scope: 'read:users offline_access' });
    const path = `/v1/me/consents/${app.clientId}`;
    for (let round = 1; round <= 3; round += 1) {
      expect((await call('DELETE', path, { as: await user('acme') })).status).to.equal(204);
      const again = await letIn(app, 'acme');
      for (const api of [0, 1] as const) {
        expect((await call('GET', '/v1/me', { as: again.as, api })).status).to.equal(200);
        expect((await call('GET', '/v1/me', { as: old.as, api })).body.code).to.equal('consent_withdrawn');
      }
    }
    const refreshed = await tokens({
      grant_type: 'refresh_token',
      client_id: app.clientId,
      refresh_token: old.refreshToken!,
    }).catch((error: Error) => error.message);
    expect(refreshed).to.match(/no token/);
  });

  it('says with a Bearer challenge that a new consent is what is needed', async () => {
    const app = await registerApp();
    const { as } = await letIn(app, 'acme');
    await call('DELETE', `/v1/me/consents/${app.clientId}`, { as: await user('acme') });
    const { status, headers } = await call('GET', '/v1/me', { as });
    expect(status).to.equal(401);
    expect(headers.get('www-authenticate'))
      .to.include('error="invalid_token"')
      .and.to.include('resource_metadata=');
  });
});
