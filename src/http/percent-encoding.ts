/** Whether the whole text is valid percent-encoded UTF-8 (RFC 3986 section 2.1): `%zz` and `%E9` are not. */
export function isPercentEncoded(text: string): boolean {
  if (!text.includes('%')) return true;
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
