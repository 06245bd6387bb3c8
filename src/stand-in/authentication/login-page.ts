import type { Context } from 'koa';
import type Provider from 'oidc-provider';
import { userWithPassword } from './accounts.ts';
import { connectionsAsked } from './login-connections.ts';
import { BLOCKED_TEXT, forgetFailures, isBlocked, rememberFailure } from './brute-force.ts';
import { readForm } from './form-body.ts';
import { isOfInteraction, loadInteraction } from './interaction.ts';
import { sendErrorPage } from './pages/error-page.ts';
import { escapeHtml, sendPage } from './pages/page.ts';
import type { AuthenticationServices } from './authentication-services.ts';

/** Text of Auth0's own page. */
const WRONG = 'Wrong email or password';

/** GET and POST /u/login: authenticates the user. */
export function loginPage(services: AuthenticationServices, provider: Provider) {
  const { store, logs, now } = services;
  return async function answerLogin(ctx: Context): Promise<void> {
    const interaction = await loadInteraction(ctx, provider);
    const client = store.clients.get(String(interaction?.params['client_id']));
    if (!interaction || !client || !isOfInteraction(ctx, interaction, 'login'))
      return sendErrorPage(ctx, {
        status: 400,
        error: 'invalid_request',
        error_description:
          'This sign-in is over or was never begun. Go back to the application and try again.',
      });
    const hint = interaction.params['login_hint'];
    if (ctx.method === 'GET') return show(ctx, client.name, typeof hint === 'string' ? hint : '');

    const { username = '', password = '' } = await readForm(ctx);
    const identifier = username.toLowerCase();
    const event = {
      client_id: client.client_id,
      client_name: client.name,
      ip: ctx.ip,
      user_agent: ctx.get('user-agent'),
    };
    if (isBlocked(store, identifier, ctx.ip)) {
      logs.write({
        ...event,
        type: 'f',
        description: 'blocked after too many attempts',
        user_name: username,
      });
      return show(ctx, client.name, username, BLOCKED_TEXT);
    }
    const user = userWithPassword(
      store,
      connectionsAsked(services, client, interaction.params),
      username,
      password,
    );
    if (!user) {
      logs.write({ ...event, type: 'fp', description: WRONG, user_name: username });
      const isNowBlocked = rememberFailure(store, identifier, ctx.ip);
      if (isNowBlocked) logs.write({ ...event, type: 'limit_wc', user_name: username });
      return show(ctx, client.name, username, isNowBlocked ? BLOCKED_TEXT : WRONG);
    }
    forgetFailures(store, identifier, ctx.ip);
    const { profile, connection } = user;
    const who = { ...event, user_id: profile.user_id, user_name: profile.email ?? '', connection };
    if (profile.blocked) {
      logs.write({ ...who, type: 'f', description: 'user is blocked' });
      // Public reports of Auth0's answer.
      const back = await provider.interactionResult(ctx.req, ctx.res, {
        error: 'unauthorized',
        error_description: 'user is blocked',
      });
      return ctx.redirect(back);
    }
    store.users.put({
      ...user,
      profile: {
        ...profile,
        last_ip: ctx.ip,
        last_login: new Date(now()).toISOString(),
        logins_count: (profile.logins_count ?? 0) + 1,
      },
    });
    logs.write({ ...who, type: 's', strategy: 'auth0', strategy_type: 'database' });
    const back = await provider.interactionResult(
      ctx.req,
      ctx.res,
      { login: { accountId: profile.user_id, amr: ['pwd'] } },
      { mergeWithLastSubmission: false },
    );
    await endOtherSession(ctx, provider, profile.user_id);
    ctx.status = 303;
    ctx.redirect(back);
  };
}

/** Signing in as another user ends the current session. oidc-provider would ask for that on a page of its own. */
async function endOtherSession(ctx: Context, provider: Provider, userId: string): Promise<void> {
  const session = await provider.Session.get(ctx);
  if (session.accountId === undefined || session.accountId === userId) return;
  Object.assign(session, { accountId: undefined, authorizations: undefined });
  await session.persist();
}

function show(ctx: Context, clientName: string, username: string, wrong?: string): void {
  const alert = wrong === undefined ? '' : `<p role="alert" id="error">${escapeHtml(wrong)}</p>`;
  // 400 for a wrong password, as Auth0's page answers (observed by its users; not documented).
  sendPage(
    ctx,
    wrong === undefined ? 200 : 400,
    'Sign in',
    `<p>to go on to <strong>${escapeHtml(clientName)}</strong></p>
${alert}
<form method="post">
<label for="username">Email address</label>
<input id="username" name="username" type="text" inputmode="email" autocomplete="username" required autofocus value="${escapeHtml(username)}">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit" name="action" value="default">Continue</button>
</form>`,
  );
}
