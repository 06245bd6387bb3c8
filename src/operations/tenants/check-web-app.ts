/** What the schema of a single-page app's addresses cannot say. */
import type { components } from '../../contract/generated.ts';
import { Problem, type FieldError } from '../../problem.ts';
import type { WebAppAddresses } from '../../relay/jobs/createTenant.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @param at pointer to it in the body. @throws Problem `invalid_body` */
export function checkWebApp(webApp: components['schemas']['NewWebApp'], at = ''): WebAppAddresses {
  const { origins, callback_urls, logout_urls } = webApp;
  const errors: FieldError[] = [];
  const check = (name: string, values: readonly string[], wrong: (value: string) => string | undefined) =>
    values.forEach((value, index) => {
      const message = wrong(value);
      if (message)
        errors.push({ in: 'body', pointer: `${at}/${name}/${index}`, code: 'invalid_address', message });
    });
  check('origins', origins, wrongWithOrigin);
  check('callback_urls', callback_urls, wrongWithUrl);
  check('logout_urls', logout_urls ?? [], wrongWithUrl);
  if (errors.length > 0) throw new Problem('invalid_body', { errors });
  return { origins, callbackUrls: callback_urls, logoutUrls: logout_urls ?? origins };
}

/** Browsers send an origin in one form only (RFC 6454 section 6.2), and it is compared as it stands. */
function wrongWithOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.origin !== text) return 'is not an origin as browsers write it';
  return wrongWithUrl(text);
}

/** Exact addresses only (RFC 9700 section 2.1): Auth0 would take a star for any subdomain. */
function wrongWithUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || text.includes('*') || text.includes(',')) return 'is no exact address';
  if (url.username !== '' || url.password !== '' || url.hash !== '' || text.includes('#'))
    return 'has a part that is not allowed here';
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) return 'must be https, or loopback';
  return undefined;
}
