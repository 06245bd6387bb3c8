/** Whether text is UTF-8 in percent-encoding as a whole (RFC 3986 section 2.1): `%zz` and `%E9` are not. */
export function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
