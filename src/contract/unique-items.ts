/** `uniqueItems` of JSON Schema in linear time: Ajv's own compares each object with each other one. */
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { isRecord } from '../json.ts';

/** A body of 350 kB, checked by Ajv's own keyword, held the process up for 13 s. */
export function addUniqueItems(ajv: Ajv2020): void {
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    errors: false,
    error: { message: 'must NOT have duplicate items' },
    validate: (isOn: boolean, items: readonly unknown[]) => !isOn || isEachUnique(items),
  });
}

function isEachUnique(items: readonly unknown[]): boolean {
  const seen = new Set<string>();
  for (const item of items) seen.add(canonical(item));
  return seen.size === items.length;
}

/** The same text for equal values, whatever the order of their members. Recurses once per level of parsed JSON. */
function canonical(value: unknown): string {
  if (!isRecord(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}
