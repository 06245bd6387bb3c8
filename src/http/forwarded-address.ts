/**
 * Reads the client address from `X-Forwarded-For` and `Forwarded` (RFC 7239); the only reader of both. Each proxy
 * appends an entry, so only the last entries come from trusted proxies; the client may have written all entries before
 * them.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { parseNode } from '../addresses.ts';

/**
 * @param proxies number of trusted proxies; the entry that the outermost of them appended counts
 * @returns undefined when no field has a readable address, or when both fields are present and differ: one of them may
 * be the client's own
 */
export function forwardedAddress(headers: IncomingHttpHeaders, proxies: number): string | undefined {
  const fields = [
    ...fieldOf(headers['x-forwarded-for'], listedNodes),
    ...fieldOf(headers.forwarded, forwardedNodes),
  ];
  const addresses = fields.map((nodes) => parseNode(nodes.slice(-proxies)[0]?.trim() ?? '')?.toString());
  return new Set(addresses).size === 1 ? addresses[0] : undefined;
}

/** Some proxies quote an entry that has a port, as `Forwarded` requires. */
function listedNodes(field: string): string[] {
  const entries = field.split(',').map((entry) => entry.trim());
  return entries.filter((entry) => entry !== '').map((entry) => entry.replace(/^"(.*)"$/, '$1'));
}

function fieldOf<T>(value: string | string[] | undefined, read: (text: string) => T): T[] {
  return value === undefined ? [] : [read([value].flat().join(','))];
}

/** One parameter and its delimiter. Some proxies omit the quotation marks that a port or an IPv6 address requires. */
const PARAMETER = /[ \t]*(?:([\w!#$%&'*+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))[ \t]*)?(;|,|$)/y;

/**
 * RFC 7239 section 4. @returns `for` of each element, '' where it is absent; an empty list when the field is malformed
 */
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
