/** Header fields as they are on the wire: alternately a name and its value. */

/** @param name lower case. @returns its values, joined (RFC 9110 section 5.3); undefined: there is no such field */
export function valueOf(fields: readonly string[], name: string): string | undefined {
  let value: string | undefined;
  for (let i = 0; i < fields.length; i += 2) {
    const given = fields[i]!;
    if (given.length !== name.length || given.toLowerCase() !== name) continue;
    value = value === undefined ? fields[i + 1] : `${value}, ${fields[i + 1]}`;
  }
  return value;
}

export function pairsOf(fields: readonly string[]): [name: string, value: string][] {
  const found: [string, string][] = [];
  for (let i = 0; i < fields.length; i += 2) found.push([fields[i]!, fields[i + 1]!]);
  return found;
}

/** Bytes beyond ASCII stay the same bytes when Node or undici writes them. */
export const textOf = (raw: readonly Buffer[]): string[] => raw.map((text) => text.toString('latin1'));
