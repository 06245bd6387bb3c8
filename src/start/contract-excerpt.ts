/** As much of the contract as some of its schemas need, for a package that carries its types itself. */

export interface Excerpt {
  openapi: string;
  info: object;
  components: { schemas: Record<string, object> };
}

/**
 * @param names of schemas
 * @returns a document without operations, with these schemas and those that they refer to, in the contract's order
 * @throws Error when the contract has no such schema
 */
export function excerptOf(
  { openapi, info, components: { schemas } }: Excerpt,
  names: readonly string[],
): Excerpt {
  const needed = new Set(names);
  // A set is walked to its end, also to what is added on the way.
  for (const name of needed) {
    const schema = schemas[name];
    if (schema === undefined) throw new Error(`The contract has no schema ${name}.`);
    for (const [, other = ''] of JSON.stringify(schema).matchAll(REFERENCE)) needed.add(other);
  }
  const kept = Object.entries(schemas).filter(([name]) => needed.has(name));
  return { openapi, info, components: { schemas: Object.fromEntries(kept) } };
}

/** Schemas refer to schemas only: in a bundled contract these are the references that they hold. */
const REFERENCE = /"\$ref":"#\/components\/schemas\/([^"/]+)/g;
