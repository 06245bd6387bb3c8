/**
 * `kill -9` of the worker when the authority has taken something away from a user and the registry does not know yet: the job is taken up
 * by another worker, and the user's old tokens count no more then.
 */
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { gatedDeployment, type GatedDeployment } from '../faults/gated-deployment.ts';
import { until } from '../support/api-keys.ts';
import { managementOf } from '../support/authority.ts';
import { basic } from '../support/basic-credential.ts';
import { WORLD_MS } from '../support/world.ts';

/** The command that marks this user: the worker looks at the key of whoever asked, too. */
const markOf = (userId: string) =>
  new RegExp(`\\{registry\\}:user-mark:\\S+ ${userId.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);

const changes: Record<string, [method: string, below: string, body: object | undefined, after: number]> = {
  demoted: ['PUT', '/roles', { roles: ['member'] }, 403],
  blocked: ['PATCH', '', { blocked: true }, 401],
  deleted: ['DELETE', '', undefined, 401],
};

describe('a worker that dies before it has marked a user', () => {
  let gated: GatedDeployment;

  before(async function () {
    this.timeout(WORLD_MS);
    gated = await gatedDeployment();
  });
  after(async function () {
    this.timeout(WORLD_MS);
    await gated?.end();
  });

  async function send(method: string, path: string, body?: object, as?: string) {
    const { api, tenants } = gated.deployment;
    const { client_id, client_secret } = tenants[0]!.api_key;
    const response = await fetch(api + path, {
      method,
      headers: {
        authorization: as ?? basic(client_id, client_secret),
        prefer: method === 'GET' || method === 'POST' ? 'wait=30' : 'respond-async',
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get('location')!,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, string>,
    };
  }

  async function tokenOf(userId: string): Promise<string> {
    const { authority, audience, control, tenants } = gated.deployment;
    const iat = Math.floor(Date.now() / 1000);
    const { id, spa_client_id } = tenants[0]!;
    const token = await control.signToken(
      {},
      {
        iss: authority,
        aud: audience,
        azp: spa_client_id,
        sub: userId,
        iat,
        exp: iat + 3_600,
        [`${audience}/tenant_id`]: id,
        [`${audience}/roles`]: ['admin'],
      },
    );
    return `Bearer ${token}`;
  }

  for (const [what, [method, below, body, after]] of Object.entries(changes))
    it(`${what}: the mark comes`, async () => {
      const email = `marked-${randomUUID()}@acme.example`;
      const made = await send('POST', '/v1/users', { email, roles: ['admin'] });
      expect(made.status).to.equal(201);
      const userId = made.body['user_id']!;
      const as = await tokenOf(userId);
      const status = async () => (await send('GET', '/v1/tenant/api-keys', undefined, as)).status;
      expect(await status()).to.equal(200);

      const held = gated.gate.holdAt(markOf(userId), false);
      const job = await send(method, made.location + below, body);
      expect(job.status).to.equal(202);
      await held;
      const atAuthority = await managementOf(gated.deployment)
        .users.get(userId)
        .catch(() => undefined);
      if (what === 'demoted') expect(atAuthority!.app_metadata!['roles']).to.deep.equal(['member']);
      else expect(atAuthority?.blocked ?? true).to.equal(true);
      // The authority has it, and nobody here knows: this is the moment.
      expect(await status()).to.equal(200);
      await gated.kill.worker();

      await until(async () => (await status()) === after);
      await until(async () => (await send('GET', job.location)).body['status'] === 'succeeded');
    });
});
