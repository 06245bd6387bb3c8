import {
  changeTenantSettings,
  tenantSettings,
} from '../../../src/stand-in/management/tenant-settings/tenant-settings.ts';
import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import { isObject } from './compare.ts';
import type { Interaction } from './recordings.ts';

/** The account's settings, as the first answer shows them, but for what its request changed. */
export function plantSettings({ store }: StandIn, interactions: readonly Interaction[]): void {
  for (const { response } of interactions) {
    const url = isObject(response) ? response['invitation_url'] : undefined;
    // Where invitations lead to.
    if (typeof url === 'string') changeTenantSettings(store, { default_redirection_uri: url.split('?')[0] });
  }
  const first = interactions.find(({ path }) => /^\/api\/v2\/tenants\/settings(\?|$)/.test(path));
  if (!first || !isObject(first.response)) return;
  const { request, response } = first;
  const changed = isObject(request) ? Object.keys(request) : [];
  const before = Object.fromEntries(
    [...new Set([...Object.keys(tenantSettings(store)), ...Object.keys(response)])]
      .filter((name) => !changed.includes(name) && name !== 'sandbox_versions_available')
      .map((name) => [name, response[name]]),
  );
  changeTenantSettings(store, before);
}
