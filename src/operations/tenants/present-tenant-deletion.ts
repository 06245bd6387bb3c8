import type { components } from '../../contract/generated.ts';
import type { TenantDeletionPreview } from '../../relay/jobs/deleteTenant.ts';

export function presentTenantDeletion(
  preview: TenantDeletionPreview,
): components['schemas']['TenantDeletion'] {
  const { id, users, apiKeys, webApps, userCount, consents, connections, openImports, organizations } =
    preview;
  return {
    tenant_id: id,
    users,
    would_delete: {
      api_keys: apiKeys,
      web_apps: webApps,
      users: userCount,
      consents,
      connections,
      organizations,
      open_imports: openImports,
    },
    confirmation: preview.confirmation,
    confirm_before: preview.confirmBefore,
  };
}
