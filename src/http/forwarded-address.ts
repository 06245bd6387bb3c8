/**
 * Which address proxies say that a request came from: `X-Forwarded-For`, and `Forwarded` (RFC 7239), read here and nowhere else. Each
 * proxy adds at the end, so that only the last entries are the trusted ones; whatever stands before them the caller wrote itself.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { parseNode } from '../addresses.ts';

/**
 * @param proxies how many are trusted; what the outermost of them added counts
 * @returns undefined where no field names an address that can be read, or both are there and differ: one of the two is the caller's own
 */
export function forwardedAddress(headers: IncomingHttpHeaders, proxies: number): string | undefined {
  const fields = [
    ...fieldOf(headers['x-forwarded-for'], listedNodes),
    ...fieldOf(headers.forwarded, forwardedNodes),
  ];
  const addresses = fields.map((nodes) => parseNode(nodes.slice(-proxies)[0]?.trim() ?? '')?.toString());
  return new Set(addresses).size === 1 ? addresses[0] : undefined;
}

/** Some quote an entry that has a port, as `Forwarded` asks for. */
function listedNodes(field: string): string[] {
  const entries = field.split(',').map((entry) => entry.trim());
  return entries.filter((entry) => entry !== '').map((entry) => entry.replace(/^"(.*)"$/, '$1'));
}

function fieldOf<T>(value: string | string[] | undefined, read: (text: string) => T): T[] {
  return value === undefined ? [] : [read([value].flat().join(','))];
}

/** A parameter, and what follows it. Proxies also leave out the quotation marks that a port or IPv6 needs. */
const PARAMETER = /[ \t]*(?:([\w!#$%&'*+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))[ \t]*)?(;|,|$)/y;

/** RFC 7239 section 4. @returns `for` of each element, '' where it has none; nothing when the field is malformed */
function forwardedNodes(field: string): string[] {
  const nodes: string[] = [];
  let element: Record<string, string> = {};
  PARAMETER.lastIndex = 0;
  for (let next: string | undefined; next !== '';) {
    const found = PARAMETER.exec(field);
    if (!found) return [];
    const [, name, quoted, plain] = found;
    next = found[4];
    if (name !== undefined) {
      const known = name.toLowerCase();
      if (Object.hasOwn(element, known)) return [];
      element[known] = quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '';
    }
    if (next === ';' || Object.keys(element).length === 0) continue;
    nodes.push(element['for'] ?? '');
    element = {};
  }
  return nodes;
}
