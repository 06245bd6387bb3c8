import type { Context, Middleware } from 'koa';
import type Provider from 'oidc-provider';
import { authenticationLimits } from './authentication-limits.ts';
import { authorize } from './authorize.ts';
import { consentPage } from './consent-page.ts';
import { answerPreflight } from './cross-origin.ts';
import { loginPage } from './login-page.ts';
import { logout } from './logout.ts';
import { organizationPickerPage, organizationSelectionPage } from './organization-pages.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { registerClient } from './register-client.ts';
import { revoke } from './revoke.ts';
import { resetPasswordPage, verifyEmailPage } from './ticket-pages.ts';
import { token } from './token.ts';
import { userinfo } from './userinfo.ts';

/** Middleware in front of oidc-provider's routes: endpoints that only Auth0 has, and adapters for those that both have. */
export function authenticationApi(
  services: AuthenticationServices,
  provider: Provider,
  count: (operation: string, status: number) => void,
): Middleware[] {
  const login = loginPage(services, provider);
  const consent = consentPage(services, provider);
  const selection = organizationSelectionPage(services, provider);
  const picker = organizationPickerPage(services, provider);
  const out = logout(services, provider);
  const reset = resetPasswordPage(services);
  const info = userinfo(services, provider);
  const routes = new Map<string, (ctx: Context) => void | Promise<void>>([
    ['GET /u/login', login],
    ['POST /u/login', login],
    ['GET /u/organization-selection', selection],
    ['POST /u/organization-selection', selection],
    ['GET /u/organization-picker', picker],
    ['POST /u/organization-picker', picker],
    ['GET /u/consent', consent],
    ['POST /u/consent', consent],
    ['GET /u/reset-password', reset],
    ['POST /u/reset-password', reset],
    ['GET /u/email-verification', verifyEmailPage(services)],
    ['GET /v2/logout', out],
    ['GET /oidc/logout', out],
    ['GET /userinfo', info],
    ['POST /userinfo', info],
    ['OPTIONS /userinfo', answerPreflight],
    ['POST /oidc/register', registerClient(services)],
    ['OPTIONS /oidc/register', answerPreflight],
  ]);
  const ownEndpoints = async (ctx: Context, next: () => Promise<void>): Promise<void> => {
    const answer = routes.get(`${ctx.method} ${ctx.path}`);
    await (answer ? answer(ctx) : next());
  };
  return [
    authenticationLimits(services, count),
    ownEndpoints,
    authorize(services),
    token(services, provider),
    revoke(services, provider),
  ];
}
