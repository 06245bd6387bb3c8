import { interactionPolicy } from 'oidc-provider';
import type { Store } from '../store/store.ts';
import { maySignIn } from './accounts.ts';
import { hasConsented } from './consent.ts';
import { isThirdParty } from './client-traits.ts';
import { audienceOf } from './resource-names.ts';

/** When somebody is asked to sign in or to consent: oidc-provider's rules, and Auth0's besides. */
export function createInteractionPolicy(store: Store) {
  const { Check, base } = interactionPolicy;
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
          maySignIn(store, client, user);
        return fits ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
      },
    ),
  );
  const consent = prompts.get('consent');
  for (const check of ['native_client_prompt', 'op_claims_missing', 'rar_prompt'])
    consent?.checks.remove(check);
  consent?.checks.add(
    // oidc-provider asks when a scope was not granted yet; a third party has to ask even when it wants none.
    new Check('third_party', 'a third party needs consent', 'consent_required', (ctx) => {
      const client = store.clients.get(ctx.oidc.client?.clientId ?? '');
      const userId = ctx.oidc.session?.accountId;
      if (!client || userId === undefined || !isThirdParty(client)) return Check.NO_NEED_TO_PROMPT;
      const missing = Object.keys(ctx.oidc.resourceServers ?? {}).some(
        (resource) => !hasConsented(store, userId, client.client_id, audienceOf(resource)),
      );
      return missing ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT;
    }),
  );
  return prompts;
}
