/** Public paths of the services, which must not reach into each other or into ours. Pure. */
import type { ContractDocument } from '../../contract/document.ts';
import type { ServicesFile } from './services-file.ts';

/** Kept for what this API will have itself. */
const RESERVED = ['auth', 'console', 'docs', 'v1', 'v2'];

export function prefixFaults(
  { paths }: Pick<ContractDocument, 'paths'>,
  { file, services }: ServicesFile,
): string[] {
  const ours = new Set([...RESERVED, ...Object.keys(paths).map((path) => path.split('/')[1] ?? '')]);
  const all = Object.entries(services).map(([name, { prefix }]) => ({ name, prefix }));
  return all.flatMap(({ name, prefix }, index) => {
    const fault = (text: string) => file.fault(['services', name, 'prefix'], `prefix ${prefix} ${text}`);
    const segments = prefix.split('/').slice(1);
    if (segments.some((segment) => /^\.{1,2}$/.test(segment))) return [fault('has a dot segment')];
    if (ours.has(segments[0] ?? ''))
      return [fault(`is a path of this API (/${segments[0]}); choose another one`)];
    const other = all.slice(0, index).find((one) => overlaps(one.prefix, prefix));
    return other ? [fault(`and ${other.prefix} of ${other.name} overlap; choose another one`)] : [];
  });
}

const overlaps = (a: string, b: string): boolean =>
  `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`);
