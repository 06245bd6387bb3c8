/** A worker that is killed at each call of a change-over: another one completes it, and nothing is there twice or left behind. */
import { expect } from 'chai';
import type { When } from '../../src/stand-in/control/control-client.ts';
import { until } from '../support/api-keys.ts';
import { management } from '../support/authority.ts';
import { operator } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { aTenant, leftAtAuthority, type MadeTenant } from '../support/tenants.ts';
import { world, WORLD_MS } from '../support/world.ts';

/** Long enough for the locks of a dead worker to run out, and to be found. */
const RECOVERY_MS = 90_000;
const AIMS = { web_app: 'shared', organization: 'new' };
const MEMBERS = { method: 'POST', path: '/api/v2/organizations/{id}/members' };
const starting = [
  { method: 'PATCH', path: '/api/v2/connections/{id}/clients' },
  { method: 'POST', path: '/api/v2/organizations' },
  MEMBERS,
  // The second ten.
  { ...MEMBERS, skip: 1 },
];
const finishing = [
  MEMBERS,
  { method: 'POST', path: '/api/v2/users' },
  { method: 'DELETE', path: '/api/v2/clients/{id}' },
];
const moments: When[] = ['before', 'after'];
const USERS = 12;

async function ended(jobPath: string) {
  const as = await operator();
  for (;;) {
    const { body } = await call('GET', jobPath, { as });
    if (!['queued', 'running'].includes(body.status as string)) return body;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function send({ path }: MadeTenant, end: '' | '/finish', headers: Record<string, string> = {}) {
  const body = end === '' ? { body: AIMS } : {};
  const answer = await call('POST', `${path}/change-over${end}`, { as: await operator(), headers, ...body });
  expect(answer.status, JSON.stringify(answer.body)).to.be.below(300);
  return answer;
}

async function aTenantWithUsers(): Promise<MadeTenant> {
  const tenant = await aTenant();
  for (let index = 1; index < USERS; index += 1)
    await call('POST', '/v1/users', { as: tenant.key, body: { email: `u${index}@${tenant.id}.example` } });
  return tenant;
}

describe('a worker that is killed at each call of a change-over', () => {
  before(async function () {
    this.timeout(WORLD_MS);
    await world();
  });
  afterEach(async () => (await world()).control.clearFaults());

  it('costs nothing: two others finish it', async function () {
    this.timeout(WORLD_MS + RECOVERY_MS);
    const { control, parts, startWorker } = await world();
    await parts.worker.stop();
    const doomed = await startWorker('worker-doomed-change-overs');
    const begun: { tenant: MadeTenant; job: string; end: '' | '/finish' }[] = [];
    for (const [end, writes] of [
      ['', starting],
      ['/finish', finishing],
    ] as const)
      for (const write of writes)
        for (const when of moments) {
          const tenant = await aTenantWithUsers();
          if (end === '/finish') await send(tenant, '');
          const { id } = await control.addFault({ ...write, times: 1, effect: { kind: 'hang', when } });
          const { headers } = await send(tenant, end, { prefer: 'respond-async' });
          await until(async () => (await control.faults()).find((fault) => fault.id === id)!.hits === 1);
          begun.push({ tenant, job: headers.get('location')!, end });
        }
    await doomed.stop('SIGKILL');
    await control.clearFaults();
    const [first, second] = await Promise.all([startWorker('worker-heir-1'), startWorker('worker-heir-2')]);
    parts.worker = first;
    const sdk = await management();
    for (const { tenant, job, end } of begun) {
      const { status, problem } = await ended(job);
      expect([status, problem?.code]).to.deep.equal(['succeeded', undefined]);
      if (end === '') await send(tenant, '/finish');
      const { body } = await call('GET', tenant.path, { as: await operator() });
      expect(body.web_app).to.deep.equal({ kind: 'shared' });
      expect(body).to.not.have.property('change_over');
      const named = await sdk.organizations.getByName(tenant.id);
      expect(named.id).to.equal(body.organization);
      const { data: members } = await sdk.organizations.members.list(named.id!, { take: 100 });
      expect(members.length).to.equal(USERS);
      expect(await leftAtAuthority(tenant.id)).to.deep.equal({ clients: 1, connections: 1, users: USERS });
    }
    await second.stop();
  });
});
