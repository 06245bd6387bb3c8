import type { KoaContextWithOIDC } from 'oidc-provider';
import { consentedScopes } from './consent.ts';
import { isThirdParty } from './client-traits.ts';
import { OIDC_SCOPES, SIGN_IN_SCOPE } from './grantable-scopes.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { audienceOf, resourceOf } from './resource-names.ts';

/** What this sign-in is good for: everything for one's own applications, what was consented to for others. */
export async function signInGrant({ store, issuer }: AuthenticationServices, ctx: KoaContextWithOIDC) {
  const { client, account, session, provider } = ctx.oidc;
  const record = store.clients.get(client?.clientId ?? '');
  if (!client || !account || !session || !record) return undefined;
  const grant = new provider.Grant({ accountId: account.accountId, clientId: client.clientId });
  const requested = [...ctx.oidc.requestParamScopes];
  const resources = Object.keys(ctx.oidc.resourceServers ?? {});
  if (isThirdParty(record)) {
    const audiences = resources.length > 0 ? resources.map(audienceOf) : [`${issuer}userinfo`];
    for (const audience of audiences) {
      const consented = consentedScopes(store, account.accountId, client.clientId, audience);
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
