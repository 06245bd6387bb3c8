import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { consentedScopes } from './consent.ts';
import { isThirdParty } from './client-traits.ts';
import { OIDC_SCOPES, SIGN_IN_SCOPE } from './grantable-scopes.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { joinOnlyOne, organizationOf } from './organizations.ts';
import { audienceOf, resourceOf } from './resource-names.ts';
import { OUTCOME_OF_ACTIONS } from './run-actions.ts';

/** Our additional member of oidc-provider's grants: codes, refresh tokens and their access tokens belong to one organization permanently. */
export const ORGANIZATION_OF_GRANT = 'organization';

/** Makes oidc-provider persist that member, and what Actions decided. */
export function keepMembers({ Grant }: Provider): void {
  const { IN_PAYLOAD: known } = Grant as unknown as { IN_PAYLOAD: string[] };
  const kept = [...known, ORGANIZATION_OF_GRANT, OUTCOME_OF_ACTIONS];
  Object.defineProperty(Grant, 'IN_PAYLOAD', { value: kept });
}

/** @returns the organization's id */
export function organizationOfGrant({ oidc }: KoaContextWithOIDC): string | undefined {
  return (oidc.entities.Grant as { [ORGANIZATION_OF_GRANT]?: string } | undefined)?.[ORGANIZATION_OF_GRANT];
}

/** What this sign-in grants: everything for first-party applications, consented scopes for others. */
export async function signInGrant({ store, issuer, now }: AuthenticationServices, ctx: KoaContextWithOIDC) {
  const { client, account, session, provider } = ctx.oidc;
  const record = store.clients.get(client?.clientId ?? '');
  if (!client || !account || !session || !record) return undefined;
  const user = store.users.get(account.accountId);
  if (user) joinOnlyOne(store, record, ctx.oidc.params, user, now());
  const organization = organizationOf(store, record, ctx.oidc.params, user);
  const grant = new provider.Grant({
    accountId: account.accountId,
    clientId: client.clientId,
    ...(organization && { [ORGANIZATION_OF_GRANT]: organization.id }),
  });
  const requested = [...ctx.oidc.requestParamScopes];
  const resources = Object.keys(ctx.oidc.resourceServers ?? {});
  if (isThirdParty(record)) {
    const audiences = resources.length > 0 ? resources.map(audienceOf) : [`${issuer}userinfo`];
    for (const audience of audiences) {
      const consented = consentedScopes(
        store,
        account.accountId,
        client.clientId,
        audience,
        organization?.id,
      );
      const granted = requested.filter((scope) => consented.has(scope));
      grant.addOIDCScope(granted.filter((scope) => OIDC_SCOPES.includes(scope)).join(' '));
      if (resources.length > 0)
        grant.addResourceScope(resourceOf(audience), [SIGN_IN_SCOPE, ...granted].join(' '));
    }
  } else {
    grant.addOIDCScope(requested.filter((scope) => OIDC_SCOPES.includes(scope)).join(' '));
    for (const resource of resources) grant.addResourceScope(resource, requested.join(' '));
  }
  await grant.save();
  return grant;
}
