import type { Operation } from '../operation.ts';

export const getMe: Operation<'getMe'> = ({ principal }) => ({
  status: 200,
  body: {
    kind: principal.kind,
    tenant_id: principal.tenantId,
    client_id: principal.clientId,
    scopes: [...principal.scopes],
    ...(principal.kind === 'tenant' ? {} : { user_id: principal.userId, roles: [...principal.roles] }),
  },
});
