/**
 * Syntax-based and scheme-based normalization (RFC 3986 sections 6.2.2 and 6.2.3; required by RFC 9449 section 4.3):
 * equivalent URLs become equal strings. `URL` itself normalizes case, default ports and dot segments.
 */
export function comparableUrl(text: string): string {
  const { protocol, host, pathname } = new URL(text);
  const path = pathname.replaceAll(/%[0-9a-f]{2}/gi, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return /[A-Za-z0-9\-._~]/.test(character) ? character : escape.toUpperCase();
  });
  return `${protocol}//${host}${path}`;
}
