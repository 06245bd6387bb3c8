import type { Adoption } from '../../adoptions/adoption-state.ts';
import { ownedBy } from '../../authorization/tenant-boundary.ts';
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';

/** @throws Problem `not_found` when it does not exist, has not begun, or is of another tenant than the path says */
export async function ownAdoption(
  { tenant_id, adoption_id }: { tenant_id: string; adoption_id: string },
  { adoptions }: Pick<Services, 'adoptions'>,
): Promise<Adoption> {
  const own = ownedBy(tenant_id, await adoptions.read(adoption_id), ({ tenantId }) => tenantId);
  if (!own) throw new Problem('not_found');
  return own;
}
