/** Where patterns stand that cannot be used. Pure. */
import { isRecord } from '../../json.ts';
import type { Place, YamlFile } from './yaml-file.ts';

/** @param unusable pattern → what is wrong with it. @returns a sentence for each place */
export function patternFaults(
  documents: Iterable<YamlFile>,
  unusable: ReadonlyMap<string, string>,
): string[] {
  if (unusable.size === 0) return [];
  return [...documents].flatMap((file) =>
    usesIn(file.value).flatMap(([place, source]) => {
      const fault = unusable.get(source);
      return fault === undefined ? [] : [file.fault(place, fault)];
    }),
  );
}

/** All patterns, also of operations that are not open, and whatever else has that form. */
function usesIn(node: unknown, place: Place = []): [Place, string][] {
  if (!isRecord(node)) return [];
  const { pattern, patternProperties } = node;
  const own: [Place, string][] = typeof pattern === 'string' ? [[[...place, 'pattern'], pattern]] : [];
  const names = isRecord(patternProperties) ? Object.keys(patternProperties) : [];
  const named = names.map((name): [Place, string] => [[...place, 'patternProperties', name], name]);
  const inner = Object.entries(node).flatMap(([name, child]) =>
    usesIn(child, [...place, Array.isArray(node) ? Number(name) : name]),
  );
  return [...own, ...named, ...inner];
}
