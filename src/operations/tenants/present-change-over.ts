import type { components } from '../../contract/generated.ts';
import type { ChangeOver } from '../../registry/change-over.ts';
import type { ChangeOverPreview } from '../../relay/jobs/startTenantChangeOver.ts';

type Shown = components['schemas']['ChangeOver'];

export function presentChangeOver(tenant_id: string, changeOver: ChangeOver): Shown {
  const { web_app, organization, organization_id, since, ends_at, members_up_to } = changeOver;
  return {
    tenant_id,
    state: changeOver.finishing_since ? 'finishing' : changeOver.open ? 'open' : 'preparing',
    web_app,
    organization: organization_id ?? organization,
    members_up_to,
    since,
    ends_at,
  };
}

export function presentPreview(tenant_id: string, preview: ChangeOverPreview): Shown {
  const { web_app, organization, users, newMembers, calls, minutes, webApps } = preview;
  return {
    tenant_id,
    state: 'previewed',
    web_app,
    organization,
    users,
    new_members: newMembers,
    calls,
    expected_minutes: minutes,
    deleted_web_apps: webApps,
  };
}
