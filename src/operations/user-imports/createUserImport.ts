import { assignableRoles } from '../../authorization/assignable-roles.ts';
import { parseRows } from '../../imports/row-parsers.ts';
import { Problem } from '../../problem.ts';
import type { Operation } from '../operation.ts';
import { presentImport } from './present-import.ts';

export const createUserImport: Operation<'createUserImport'> = async ({
  principal,
  body,
  bodyType,
  services,
}) => {
  const tenant = await services.registry.tenant(principal.tenantId);
  if (!tenant) throw new Problem('not_found');
  const rows = parseRows(body, bodyType, services.validators.forSchema('NewUser'), assignableRoles(tenant));
  const by = { kind: principal.kind, clientId: principal.clientId };
  const state = await services.imports.create(
    { tenantId: tenant.id, connection: tenant.connection, by },
    rows,
  );
  return { status: 202, body: presentImport(state), headers: { Location: `/v1/user-imports/${state.id}` } };
};
