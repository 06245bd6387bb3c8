import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import type { RelayedAnswer } from '../relayed.ts';
import { deleteClient } from '../../relay/delete-client.ts';

/** Refused by every process from here on; what the authority knows of it goes by a relay job. */
export const deleteRegisteredApp: Operation<'deleteRegisteredApp', 'apps' | 'relay'> = async ({
  event,
  principal,
  requestId,
  services,
}) => {
  if (!(await event.commit((text) => services.apps.remove(principal.clientId, text()))))
    throw new Problem('invalid_token', { internal: 'the app, or its token, is another one by now' });
  const { clientId } = principal;
  await deleteClient(services.relay, {
    operationId: 'deleteRegisteredApp',
    tenantId: undefined,
    clientId,
    requestId,
  });
  return { status: 204 };
};

export const toAnswer: RelayedAnswer<'deleteRegisteredApp'> = () => ({ status: 204 });
