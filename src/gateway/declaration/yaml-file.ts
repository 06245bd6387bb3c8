/** A YAML or JSON file that knows on which line each of its values stands. */
import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { ServicesFault } from './services-fault.ts';

/** Names of members and indexes, from the root. */
export type Place = readonly (string | number)[];

export interface YamlFile {
  name: string;
  value: unknown;
  /** File and line of the nearest place that exists: `services.yaml:7`. */
  place(place: Place): string;
  /** @returns a sentence that begins with them */
  fault(place: Place, text: string): string;
}

/** Aliases are for short files of one's own; more is an attack or a mistake. */
const MAX_ALIASES = 100;

/** @throws ServicesFault when it cannot be read, or is no YAML */
export function readYamlFile(name: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(textOf(name), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${name}:${lines.linePos(offset).line || 1}`;
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) throw new ServicesFault(wrong.map(({ message, pos }) => `${at(pos[0])}: ${message}`));
  return {
    name,
    value: valueOf(name, document),
    place: (place) => at(offsetOf(document, place)),
    fault: (place, text) => `${at(offsetOf(document, place))}: ${text}`,
  };
}

/** @throws ServicesFault also for a value that contains itself, as aliases allow */
function valueOf(name: string, document: Document): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    JSON.stringify(value);
    return value;
  } catch (cause) {
    throw new ServicesFault(
      [`${name}: has too many aliases (at most ${MAX_ALIASES}), contains itself, or is nested too deep`],
      { cause },
    );
  }
}

function textOf(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new ServicesFault([`${name}: cannot be read (${reason})`]);
  }
}

function offsetOf(document: Document, place: Place): number {
  for (let length = place.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(place.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
