/** Components of several documents in one: each gets the name of its service in front. Pure. */
import { isRecord } from '../../json.ts';

const COMPONENT = /^#\/components\/([^/]+)\/([^/]+)/;

/** @returns a copy whose references to components name those of the service: `#/components/schemas/orders.Order` */
export function renameReferences<T>(node: T, service: string): T {
  const renamed = (text: string) => text.replace(COMPONENT, `#/components/$1/${service}.$2`);
  const copy = (value: unknown, name?: string): unknown => {
    if (typeof value === 'string') return name === '$ref' || name === 'mapping' ? renamed(value) : value;
    if (Array.isArray(value)) return value.map((one) => copy(one));
    if (!isRecord(value)) return value;
    // Values of a discriminator's mapping are references, whatever their names.
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, copy(child, name === 'mapping' ? name : key)]),
    );
  };
  return copy(node) as T;
}

/** @param components of a document. @returns them by kind, each under its new name; security schemes are ours */
export function renamedComponents(
  components: unknown,
  service: string,
): Record<string, Record<string, unknown>> {
  const kinds = Object.entries(isRecord(components) ? components : {}).filter(
    ([kind, all]) => kind !== 'securitySchemes' && !kind.startsWith('x-') && isRecord(all),
  );
  return Object.fromEntries(
    kinds.map(([kind, all]) => [
      kind,
      Object.fromEntries(Object.entries(all as object).map(([name, one]) => [`${service}.${name}`, one])),
    ]),
  );
}
