import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import { recordConsent } from './consent.ts';
import { readForm } from './form-body.ts';
import { organizationOf } from './organizations.ts';
import { OIDC_SCOPES, scopesForUser } from './grantable-scopes.ts';
import { isOfInteraction, loadInteraction } from './interaction.ts';
import { sendErrorPage } from './pages/error-page.ts';
import { escapeHtml, sendPage } from './pages/page.ts';
import { mayRedirect } from './client-traits.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { audienceOf } from './resource-names.ts';

/** Auth0's error to the application (public reports). */
const DECLINED = { error: 'access_denied', error_description: 'User did not authorize the request' };

/** GET and POST /u/consent: asks the user to authorize a third-party application. */
export function consentPage({ store, issuer }: AuthenticationServices, provider: Provider) {
  return async function answerConsent(ctx: Context): Promise<void> {
    const interaction = await loadInteraction(ctx, provider);
    const client = store.clients.get(String(interaction?.params['client_id']));
    const userId = interaction?.session?.accountId;
    const user = userId === undefined ? undefined : store.users.get(userId);
    if (!interaction || !client || !user || !isOfInteraction(ctx, interaction, 'consent'))
      return sendErrorPage(ctx, {
        status: 400,
        error: 'invalid_request',
        error_description:
          'This request is over or was never made. Go back to the application and try again.',
      });

    const resource = [interaction.params['resource']].flat()[0];
    const audience = typeof resource === 'string' ? audienceOf(resource) : `${issuer}userinfo`;
    const server = store.resourceServers.first('identifier', audience);
    const available = new Set([...OIDC_SCOPES, ...((server && scopesForUser(store, client, server)) ?? [])]);
    const { scope } = interaction.params;
    const asked = (typeof scope === 'string' ? scope : '').split(' ').filter((scope) => available.has(scope));
    if (ctx.method === 'GET') {
      const wanted = asked.map((scope) => ({
        scope,
        description: server?.scopes?.find(({ value }) => value === scope)?.description,
      }));
      return show(
        ctx,
        client.name,
        user.profile.email ?? user.profile.user_id,
        server?.name ?? server?.identifier ?? 'your profile',
        wanted,
      );
    }

    const { action } = await readForm(ctx);
    if (action === 'accept') {
      const organization = organizationOf(store, client, interaction.params, user);
      recordConsent(store, user.profile.user_id, client.client_id, audience, asked, organization?.id);
      const back = await provider.interactionResult(ctx.req, ctx.res, { consent: {} });
      ctx.status = 303;
      return ctx.redirect(back);
    }
    // Auth0 docs, "Security controls for third-party applications": with open redirect protection the error is shown on a page.
    if (!mayRedirect(client)) return sendErrorPage(ctx, { status: 403, ...DECLINED });
    const back = await provider.interactionResult(ctx.req, ctx.res, DECLINED);
    ctx.status = 303;
    ctx.redirect(back);
  };
}

function show(
  ctx: Context,
  clientName: string,
  userName: string,
  apiName: string,
  wanted: { scope: string; description: string | undefined }[],
): void {
  const items = wanted.map(({ scope, description }) => {
    const explained = description === undefined ? '' : ` &ndash; ${escapeHtml(description)}`;
    return `<li><code>${escapeHtml(scope)}</code>${explained}</li>`;
  });
  sendPage(
    ctx,
    200,
    'Allow access?',
    `<p>Hello ${escapeHtml(userName)}. <strong>${escapeHtml(clientName)}</strong>, an application of somebody else's, asks for
access to <strong>${escapeHtml(apiName)}</strong> in your name:</p>
<ul>${items.join('')}</ul>
<form method="post">
<button type="submit" name="action" value="accept">Accept</button>
<button type="submit" name="action" value="decline" class="plain">Decline</button>
</form>`,
  );
}
