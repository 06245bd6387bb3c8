/** The `Link` header to the next page (RFC 8288); empty on the last page. */
export function nextPage(
  path: string,
  query: Record<string, string | number | boolean | undefined>,
  cursor: string | undefined,
): Record<string, string> {
  if (cursor === undefined) return {};
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, String(value));
  parameters.set('cursor', cursor);
  return { Link: `<${path}?${parameters.toString()}>; rel="next"` };
}
