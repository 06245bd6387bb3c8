/** Addresses of single-page apps: exact ones only, whether a request or a setting names them. */

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Browsers send an origin in one form only (RFC 6454 section 6.2), and it is compared as it stands. */
export function wrongWithOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.origin !== text) return 'is not an origin as browsers write it';
  return wrongWithUrl(text);
}

/** Exact addresses only (RFC 9700 section 2.1): Auth0 would take a star for any subdomain. */
export function wrongWithUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || text.includes('*') || text.includes(',')) return 'is no exact address';
  if (url.username !== '' || url.password !== '' || url.hash !== '' || text.includes('#'))
    return 'has a part that is not allowed here';
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) return 'must be https, or loopback';
  return undefined;
}
