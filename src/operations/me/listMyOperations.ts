import { mayCall } from '../../authorization/authorize.ts';
import type { Operation } from '../operation.ts';

export const listMyOperations: Operation<'listMyOperations', 'contract'> = ({
  principal,
  services: { contract },
}) => ({
  status: 200,
  body: {
    kind: principal.kind,
    tenant_id: 'tenantId' in principal ? principal.tenantId : undefined,
    client_id: principal.clientId,
    user_id: 'userId' in principal ? principal.userId : undefined,
    scopes: [...principal.scopes],
    operations: [...contract.operations.values()]
      .filter((operation) => mayCall(operation, principal))
      .map(({ id }) => id),
  },
});
