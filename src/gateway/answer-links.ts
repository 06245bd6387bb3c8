/** Maps the targets of `Link` in a service's answers (RFC 8288 section 3) as those of `Location` are mapped. */

/**
 * A target, a quoted string (RFC 9110 section 5.6.4; one without an end takes the rest), or what stands between. Each
 * begins with another character, and matches whatever follows: no text takes more than one pass.
 */
const PARTS = /<([^<>]*)>|"(?:[^"\\]|\\[^]?)*(?:"|$)|[^<"]+|</g;
const ANCHOR = /;\s*anchor\s*=\s*$/i;

/**
 * @param toPublic of an address
 * @param field value of `Link`, or several joined; what is no link stays as it is
 */
export function mapLinks(toPublic: (address: string) => string, field: string): string {
  let before = '';
  return field.replaceAll(PARTS, (part: string, target: string | undefined) => {
    const isAnchor = /^".*"$/.test(part) && ANCHOR.test(before);
    before = part;
    if (target !== undefined) return `<${toPublic(target)}>`;
    // A URI has no characters that would be escaped in it.
    return isAnchor && !part.includes('\\') ? `"${toPublic(part.slice(1, -1))}"` : part;
  });
}
