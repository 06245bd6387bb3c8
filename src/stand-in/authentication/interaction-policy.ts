import { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import type { Client, StoredUser } from '../store/records.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { hasConsented } from './consent.ts';
import { isThirdParty } from './client-traits.ts';
import { connectionsFor } from './login-connections.ts';
import { admitToOrganization, asksBeforeLogin, hasToChoose, organizationOf } from './organizations.ts';
import { audienceOf } from './resource-names.ts';
import { runPostLoginOfSignIn } from './run-actions.ts';

/** When to prompt for sign-in or consent: oidc-provider's rules, and Auth0's additional ones. */
export function createInteractionPolicy(services: AuthenticationServices) {
  const { store } = services;
  const { Check, Prompt, base } = interactionPolicy;
  const prompts = base();
  prompts.get('login')?.checks.add(
    new Check(
      'cannot_sign_in_here',
      'the session belongs to a user of another connection',
      'login_required',
      (ctx) => {
        const { accountId } = ctx.oidc.session ?? {};
        if (accountId === undefined) return Check.NO_NEED_TO_PROMPT;
        const user = store.users.get(accountId);
        const client = store.clients.get(ctx.oidc.client?.clientId ?? '');
        const fits =
          user !== undefined &&
          !user.profile.blocked &&
          client !== undefined &&
          connectionsFor(services, client, ctx.oidc.params).some(({ name }) => name === user.connection);
        return fits ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
      },
    ),
  );
  prompts.add(
    new Prompt(
      { name: 'organization-selection' },
      new Check('organization', 'the organization has to be named', 'interaction_required', (ctx) => {
        const client = store.clients.get(ctx.oidc.client?.clientId ?? '');
        const isMissing = ctx.oidc.params?.['organization'] === undefined;
        return client && isMissing && asksBeforeLogin(client)
          ? Check.REQUEST_PROMPT
          : Check.NO_NEED_TO_PROMPT;
      }),
    ),
    0,
  );
  prompts.add(
    new Prompt(
      { name: 'organization-picker' },
      new Check(
        'organization_choice',
        'an organization has to be chosen',
        'interaction_required',
        async (ctx) => {
          const { client, user } = partiesOf(ctx);
          if (!client || !user) return Check.NO_NEED_TO_PROMPT;
          if (hasToChoose(store, client, ctx.oidc.params, user)) return Check.REQUEST_PROMPT;
          admitToOrganization(store, client, ctx.oidc.params, user, services.now());
          const organization = organizationOf(store, client, ctx.oidc.params, user);
          await runPostLoginOfSignIn(services, ctx, { client, user, organization });
          return Check.NO_NEED_TO_PROMPT;
        },
      ),
    ),
    prompts.indexOf(prompts.get('consent')!),
  );
  const consent = prompts.get('consent');
  for (const check of ['native_client_prompt', 'op_claims_missing', 'rar_prompt'])
    consent?.checks.remove(check);
  consent?.checks.add(
    // oidc-provider prompts for scopes that are not granted yet; a third party needs consent even without any scopes.
    new Check('third_party', 'a third party needs consent', 'consent_required', (ctx) => {
      const { client, user, userId } = partiesOf(ctx);
      if (!client || userId === undefined || !isThirdParty(client)) return Check.NO_NEED_TO_PROMPT;
      const organization = organizationOf(store, client, ctx.oidc.params, user);
      const missing = Object.keys(ctx.oidc.resourceServers ?? {}).some(
        (resource) => !hasConsented(store, userId, client.client_id, audienceOf(resource), organization?.id),
      );
      return missing ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
    }),
  );
  return prompts;

  function partiesOf({ oidc }: KoaContextWithOIDC): {
    client: Client | undefined;
    user: StoredUser | undefined;
    userId: string | undefined;
  } {
    const userId = oidc.session?.accountId;
    return {
      client: store.clients.get(oidc.client?.clientId ?? ''),
      user: userId === undefined ? undefined : store.users.get(userId),
      userId,
    };
  }
}
