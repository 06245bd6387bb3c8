import {
  changeTenantSettings,
  tenantSettings,
} from '../../../src/stand-in/management/tenant-settings/tenant-settings.ts';
import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import { isObject } from './compare.ts';
import type { Interaction } from './recordings.ts';

/** The runtime that Actions had in those days which named none. */
export function runtimeOf(interactions: readonly Interaction[]): string | undefined {
  const made = interactions.find(
    ({ method, path, request }) =>
      method === 'POST' && path === '/api/v2/actions/actions' && isObject(request) && !('runtime' in request),
  );
  const runtime = isObject(made?.response) ? made.response['runtime'] : undefined;
  return typeof runtime === 'string' ? runtime : undefined;
}

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
  changeTenantSettings(store, { ...before, ...pagesShownBy(interactions) });
}

/** Which sign-in pages the account has is told by the answers to changes. */
function pagesShownBy(interactions: readonly Interaction[]): object {
  const changed = interactions.find(({ method, path }) => method === 'PATCH' && path.startsWith(SETTINGS));
  const login = isObject(changed?.response) ? changed.response['universal_login'] : undefined;
  return isObject(login) ? { universal_login: login } : {};
}

const SETTINGS = '/api/v2/tenants/settings';
