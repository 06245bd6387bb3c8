import { authorityIdOf } from '../../src/registry/apps.ts';
import type { Performer } from './performer.ts';

export const listConsents: Performer<'listConsents'> = async ({ consents, apps }) => {
  const grants = await consents.list();
  const known = await apps.readAll(grants.map(({ clientID }) => clientID));
  return grants.map(({ id, clientID, scope }) => {
    const app = known.find((one) => authorityIdOf(one) === clientID);
    return {
      clientId: app?.client_id ?? clientID,
      scopes: scope,
      name: app?.name,
      givenAt: timeOf(id),
    };
  });
};

/** Auth0 returns no time, but its grant ids are ObjectIds (observed), which begin with the second of their creation. */
function timeOf(id: string): string | undefined {
  return /^[0-9a-f]{24}$/.test(id)
    ? new Date(Number.parseInt(id.slice(0, 8), 16) * 1000).toISOString()
    : undefined;
}
