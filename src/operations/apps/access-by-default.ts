import type { AppAccess } from '../../authorization/app-access.ts';
import { appAccessByDefault } from '../../authorization/tenant-settings.ts';
import type { Services } from '../../services.ts';

/** The tenant's default for approved apps on which it has not decided. */
export async function accessByDefault(
  { config, tenants }: Pick<Services, 'config' | 'tenants'>,
  tenantId: string,
): Promise<AppAccess> {
  return appAccessByDefault((await tenants.get(tenantId)) ?? {}, config.APPROVED_APPS);
}
