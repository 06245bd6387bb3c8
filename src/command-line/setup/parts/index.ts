/** All parts of an account, in the order in which they depend on each other. */
import type { Context, Part } from '../context.ts';
import { WORKER_SCOPES } from '../generated-account.ts';
import { ACTIONS, action } from './actions.ts';
import { api } from './api.ts';
import { binding } from './bindings.ts';
import { clientGrant } from './client-grant.ts';
import { connections } from './connections.ts';
import { environment } from './environment.ts';
import { eventStream } from './event-stream.ts';
import { MACHINES, machineClient } from './machine-client.ts';
import { tenantSettings } from './tenant-settings.ts';
import { thirdParties } from './third-parties.ts';

/** @param hasFiles whether the files on this machine are looked at, too */
export function partsOf({ settings }: Context, hasFiles: boolean): Part[] {
  const { workers, operator } = MACHINES;
  const { managementAudience, audience } = settings;
  return [
    tenantSettings,
    api,
    machineClient(workers),
    clientGrant(workers, {
      audience: managementAudience,
      scope: WORKER_SCOPES,
      why: 'the workers call these',
    }),
    machineClient(operator),
    clientGrant(operator, { audience, scope: [], why: 'operator operations need no scopes' }),
    ...ACTIONS.flatMap((own) => [action(own), binding(own)]),
    thirdParties,
    connections,
    ...(settings.events ? [eventStream(hasFiles)] : []),
    ...(hasFiles ? [environment] : []),
  ];
}
