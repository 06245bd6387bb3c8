/** Page that asks for the tenant of the user: a form without scripts or external resources. */
import { brandedPage } from '../../branded-page.ts';
import { escapeHtml } from '../../html.ts';
import type { Brand } from '../../settings/brand.ts';

/** Maximum length of an email address (RFC 5321, erratum 1690), as in the contract. */
const MAX_LENGTH = 254;

interface Asked {
  /** The sealed authorization request. */
  request: string;
  /** The app's `login_hint`. */
  hint: string;
  publicUrl: string;
  brand: Brand;
}

/**
 * Names neither the app, which can register any name, nor any tenant: anonymous callers see the page. The form's action is relative, so
 * that it is sent to the host that the page came from.
 */
export function tenantPage({ request, hint, publicUrl, brand }: Asked): string {
  return brandedPage(brand, {
    title: 'Sign in',
    body: `<p>An app wants to connect to ${escapeHtml(new URL(publicUrl).host)} for you. Enter who you are to continue to the sign-in page of your company.</p>
<form method="post" action="authorize/tenant">
<input type="hidden" name="request" value="${escapeHtml(request)}">
<p><label for="identifier">Your email address, or the ID of your company</label><br>
<input id="identifier" name="identifier" type="text" value="${escapeHtml(hint.length > MAX_LENGTH ? '' : hint)}" maxlength="${MAX_LENGTH}" required autofocus autocomplete="username" autocapitalize="none" spellcheck="false"></p>
<p><label><input type="checkbox" name="remember" value="yes"> Remember my company on this device</label></p>
<p><button type="submit">Continue</button></p>
</form>
<p><small>If the next page does not accept your password, go back and check what you entered here. Some companies can be found by their ID only.</small></p>`,
  });
}
