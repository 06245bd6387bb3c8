/** Users of a test's own, with tokens signed by the authority: as they are issued, without a sign-in for each. */
import { randomUUID } from 'node:crypto';
import { demoTenant, user, type TenantId } from '../support/callers.ts';
import { call } from '../support/client.ts';
import { world } from '../support/world.ts';

export interface OwnUser {
  id: string;
  path: string;
  /** Value of `Authorization`. */
  as: string;
}

/** Before any change that a test makes, in seconds. */
const EARLIER = 10;

export async function aUserOf(id: TenantId, roles: string[], tokenSeconds = 600): Promise<OwnUser> {
  const { control, authority, audience } = await world();
  const body = { email: `${randomUUID()}@${id}.example`, roles };
  const { body: made } = await call('POST', '/v1/users', { as: await user(id), body });
  const now = Math.floor(Date.now() / 1000);
  const token = await control.signToken(
    {},
    {
      iss: authority,
      aud: audience,
      sub: made.user_id as string,
      azp: (await demoTenant(id)).spa_client_id,
      iat: now - EARLIER,
      exp: now + tokenSeconds,
      scope: 'openid',
      [`${audience}/tenant_id`]: id,
      [`${audience}/roles`]: roles,
    },
  );
  return {
    id: made.user_id,
    path: `/v1/users/${encodeURIComponent(made.user_id as string)}`,
    as: `Bearer ${token}`,
  };
}
