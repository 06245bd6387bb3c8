/** Where all tenants share one database, the authority's sign-in page is the right one for everybody. */
import { expect } from 'chai';
import { connectForWaiting, untilReady } from '../../../src/redis/connections.ts';
import { listTenants, saveTenant } from '../../../src/registry/tenants.ts';
import { appMetadata } from '../../support/apps.ts';
import { ownDeployment, type OwnDeployment } from '../../support/own-deployment.ts';
import { WORLD_MS } from '../../support/world.ts';

describe('the authorization endpoint, where all tenants share one database', () => {
  let own: OwnDeployment;
  before(async function () {
    this.timeout(WORLD_MS);
    own = await ownDeployment();
  });
  after(() => own?.end());

  it('asks nothing and adds nothing', async function () {
    this.timeout(WORLD_MS);
    const redis = connectForWaiting(own.redis);
    await untilReady(redis);
    for (const tenant of await listTenants(redis, Infinity))
      await saveTenant(redis, { ...tenant, connection: 'shared', email_domains: [`${tenant.id}.example`] });
    redis.disconnect();
    const made = await fetch(`${own.api}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(appMetadata()),
    });
    const { client_id } = (await made.json()) as { client_id: string };
    for (const more of ['', '&login_hint=ann@acme.example', '&prompt=select_account']) {
      const answer = await fetch(`${own.api}/oauth/authorize?client_id=${client_id}${more}`, {
        headers: { accept: 'text/html' },
        redirect: 'manual',
      });
      expect(answer.status, more).to.equal(302);
      expect(new URL(answer.headers.get('location')!).searchParams.has('connection'), more).to.equal(false);
    }
  });
});
