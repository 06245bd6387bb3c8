/** Lists of scopes and code in a guide, each between two marker comments. */

/** @throws Error when the text lacks one of the markers */
export function withScopes(text: string, lists: Record<string, readonly string[]>): string {
  return Object.entries(lists).reduce((page, [name, scopes]) => {
    const place = new RegExp(`(<!-- ${name}: [^>]*-->)[^]*?(<!-- end of ${name} -->)`);
    if (!place.test(page)) throw new Error(`there is no place for ${name}`);
    const list = scopes.map((scope) => `\`${scope}\``).join(', ');
    return page.replace(place, (_, begin: string, end: string) => `${begin}${list}${end}`);
  }, text);
}

/** @throws Error when the text lacks one of the markers */
export function withCode(text: string, sources: Record<string, string>): string {
  return Object.entries(sources).reduce((page, [name, source]) => {
    const place = new RegExp(`(( *)<!-- ${name}: [^>]*-->\\n)[^]*?( *<!-- end of ${name} -->)`);
    if (!place.test(page)) throw new Error(`there is no place for the ${name}`);
    return page.replace(place, (_, begin: string, indent: string, end: string) => {
      const lines = ['', '```js', ...source.trimEnd().split('\n'), '```', ''];
      const code = lines.map((line) => (line === '' ? '' : indent + line)).join('\n');
      return `${begin}${code}\n${end}`;
    });
  }, text);
}
