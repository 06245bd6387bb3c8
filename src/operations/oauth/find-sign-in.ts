/**
 * Whose sign-in page an authorization request goes on to. Auth0's cannot choose between several database connections (Auth0 docs,
 * "Multiple organization architecture"), so the request has to name one; and who signs in to no organization gets no token for one.
 */
import type { Services } from '../../services.ts';
import { forTenant } from './authorization-request.ts';
import { rememberedTenant, type TenantCookies } from './remembered-tenant.ts';
import type { Query } from './this-api.ts';

interface Browser {
  services: Pick<Services, 'config' | 'publicUrl' | 'seal' | 'tenantDirectory'>;
  cookies: TenantCookies;
  prefersPage: boolean;
}

/** @returns the request with all that it needs; `ask`: only the person can say which tenant it is */
export async function findSignIn(request: Query, browser: Browser): Promise<Query | 'ask'> {
  const { tenantDirectory } = browser.services;
  const isDecided = [request['connection'], request['organization']].some(
    (value) => valuesOf(value).length > 0,
  );
  if (isDecided || !(await tenantDirectory.hasSeveralSignIns())) return request;
  const prompts = valuesOf(request['prompt']).flatMap((text) => text.split(' '));
  const tenant =
    (await tenantByHint(request, browser)) ??
    (prompts.includes('select_account') ? undefined : await tenantByMemory(browser));
  if (tenant) return forTenant(browser.services, request, tenant);
  return prompts.includes('none') || !browser.prefersPage ? request : 'ask';
}

/** Of OpenID Connect Core section 3.1.2.1; '' where there is none. */
export const hintOf = ({ login_hint }: Query): string => valuesOf(login_hint)[0] ?? '';

/** An email address only: what looks like a tenant id may be a user name. */
async function tenantByHint(request: Query, { services }: Browser) {
  const hint = hintOf(request);
  return hint.includes('@') ? services.tenantDirectory.find(hint) : undefined;
}

async function tenantByMemory({ services, cookies }: Browser) {
  const id = rememberedTenant(services, cookies);
  return id === undefined ? undefined : services.tenantDirectory.find(id);
}

const valuesOf = (value: Query[string]): string[] => [value ?? []].flat().filter((one) => one !== '');
