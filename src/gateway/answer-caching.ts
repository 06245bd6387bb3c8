/** What caches may do with a service's answer to an authenticated request. */

/** A directive of `Cache-Control` (RFC 9111 section 5.2), with its argument. */
const DIRECTIVE = /[^\s,=]+(?:=(?:"[^"]*"|[^,]*))?/g;
const SHARED = /^(?:public|private|s-maxage)(?:=|$)/i;

/**
 * The caller's own cache may keep what the service allows it to; a shared cache gets nothing (RFC 9111 section 3.5),
 * because a service that does not see credentials cannot know that its answers are for one caller.
 */
export function privateCaching(cacheControl: string): string {
  const directives = cacheControl.match(DIRECTIVE) ?? [];
  return ['private', ...directives.map((one) => one.trim()).filter((one) => !SHARED.test(one))].join(', ');
}

/** @returns the names of both `Vary` fields, each once; `*` when one is that (RFC 9110 section 12.5.5) */
export function mergedVary(ours: string, theirs: string): string {
  const names = new Map<string, string>();
  for (const name of `${ours},${theirs}`.split(',').map((one) => one.trim()))
    if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return names.has('*') ? '*' : [...names.values()].join(', ');
}
