import type { Context } from 'koa';
import { hashPassword, isWeak } from '../passwords.ts';
import type { LogEntry } from '../log-book.ts';
import type { StoredUser, Ticket } from '../store/records.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { readForm } from './form-body.ts';
import { sendErrorPage } from './pages/error-page.ts';
import { escapeHtml, sendPage } from './pages/page.ts';

interface Found {
  ticket: Ticket;
  user: StoredUser;
}

/** GET and POST /u/reset-password: page of a password change ticket. */
export function resetPasswordPage(services: AuthenticationServices) {
  const { store, logs, now } = services;
  return async function answerResetPassword(ctx: Context): Promise<void> {
    const found = find(services, ctx, 'password-change');
    if (!found) return sendUsedUp(ctx);
    if (ctx.method === 'GET') return show(ctx);
    const { password = '' } = await readForm(ctx);
    const connection = store.connections.first('name', found.user.connection);
    if (isWeak(password, connection?.options)) return show(ctx, 'Password is too weak');
    const at = new Date(now()).toISOString();
    const { profile } = found.user;
    logs.write({ ...eventOf(ctx, found), type: 'scp' });
    finish(services, ctx, found, {
      ...found.user,
      password: hashPassword(password),
      profile: {
        ...profile,
        last_password_reset: at,
        updated_at: at,
        ...(found.ticket.mark_email_as_verified && { email_verified: true }),
      },
    });
  };
}

/** GET /u/email-verification: page of an email verification ticket. */
export function verifyEmailPage(services: AuthenticationServices) {
  return function answerVerifyEmail(ctx: Context): void {
    const found = find(services, ctx, 'email-verification');
    if (!found) return sendUsedUp(ctx);
    const { user } = found;
    const updated_at = new Date(services.now()).toISOString();
    services.logs.write({ ...eventOf(ctx, found), type: 'sv' });
    finish(services, ctx, found, { ...user, profile: { ...user.profile, email_verified: true, updated_at } });
  };
}

function find({ store, now }: AuthenticationServices, ctx: Context, kind: Ticket['kind']): Found | undefined {
  const ticket = store.tickets.get(new URLSearchParams(ctx.querystring).get('ticket') ?? '');
  const user = ticket && store.users.get(ticket.user_id);
  return ticket?.kind === kind && user && ticket.expires_at > now() ? { ticket, user } : undefined;
}

function eventOf(ctx: Context, { user }: Found): Omit<LogEntry, 'type'> {
  const { user_id, email, username } = user.profile;
  const who = { user_id, user_name: username ?? email ?? '', connection: user.connection };
  return { ...who, strategy: 'auth0', strategy_type: 'database', ip: ctx.ip };
}

/** Tickets can be used once. Redirects to the ticket's URL, with Auth0's parameters (docs, "Create password change ticket"). */
function finish(
  { store }: AuthenticationServices,
  ctx: Context,
  { ticket, user }: Found,
  changed: StoredUser,
): void {
  store.users.put(changed);
  store.tickets.delete(ticket.id);
  if (ticket.result_url === undefined)
    return sendPage(ctx, 200, 'Done', '<p role="status">You can close this window.</p>');
  const url = new URL(ticket.result_url);
  url.searchParams.set('success', 'true');
  if (ticket.include_email) url.searchParams.set('email', user.profile.email ?? '');
  ctx.redirect(url.href);
}

function sendUsedUp(ctx: Context): void {
  sendErrorPage(ctx, {
    status: 400,
    error: 'access_expired',
    error_description: 'This link has expired or was used before.',
  });
}

function show(ctx: Context, wrong?: string): void {
  const alert = wrong === undefined ? '' : `<p role="alert" id="error">${escapeHtml(wrong)}</p>`;
  sendPage(
    ctx,
    wrong === undefined ? 200 : 400,
    'Change your password',
    `${alert}
<form method="post">
<label for="password">New password</label>
<input id="password" name="password" type="password" autocomplete="new-password" required autofocus>
<button type="submit">Change it</button>
</form>`,
  );
}
