import { ownedBy } from '../../authorization/tenant-boundary.ts';
import type { ImportState } from '../../imports/import-state.ts';
import type { Principal } from '../../principal.ts';
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';

/** @throws Problem `not_found` when it does not exist or is another tenant's */
export async function ownImport(
  id: string,
  principal: Principal,
  services: Pick<Services, 'imports'>,
): Promise<ImportState> {
  const state = ownedBy(principal.tenantId, await services.imports.read(id), (found) => found.tenantId);
  if (!state) throw new Problem('not_found');
  return state;
}
