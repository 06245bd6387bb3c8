import type { Operation } from '../operation.ts';

export const getMe: Operation<'getMe'> = ({ principal }) => ({
  status: 200,
  body: {
    kind: principal.kind,
    tenant_id: principal.tenantId,
    client_id: principal.clientId,
    scopes: [...principal.scopes],
    user_id: 'userId' in principal ? principal.userId : undefined,
    roles: 'roles' in principal ? [...principal.roles] : undefined,
  },
});
