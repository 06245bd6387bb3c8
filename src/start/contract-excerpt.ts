/** The part of the contract that some of its schemas need, for a package that includes its types. */

export interface Excerpt {
  openapi: string;
  info: object;
  components: { schemas: Record<string, object> };
}

/**
 * @param names of schemas
 * @returns a document without operations: these schemas and those that they refer to, in the contract's order
 * @throws Error when the contract has no such schema
 */
export function excerptOf(
  { openapi, info, components: { schemas } }: Excerpt,
  names: readonly string[],
): Excerpt {
  const needed = new Set(names);
  // Iterating over a set includes entries that are added meanwhile.
  for (const name of needed) {
    const schema = schemas[name];
    if (schema === undefined) throw new Error(`The contract has no schema ${name}.`);
    for (const [, other = ''] of JSON.stringify(schema).matchAll(REFERENCE)) needed.add(other);
  }
  const kept = Object.entries(schemas).filter(([name]) => needed.has(name));
  return { openapi, info, components: { schemas: Object.fromEntries(kept) } };
}

/** In a bundled contract, the references inside schemas all lead to schemas. */
const REFERENCE = /"\$ref":"#\/components\/schemas\/([^"/]+)/g;
