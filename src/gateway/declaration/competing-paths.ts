/** Which of the paths in a service's document a request means, where several match. Pure. */
import { LinearPatterns, type Pattern } from '../../contract/patterns/linear-patterns.ts';
import type { Location } from './service-document.ts';

const PARAMETER = /\{[^}]*\}/;
const PARAMETERS = /\{[^}]*\}/g;
/** Of a segment: all of it is a parameter, a part of it is, none of it. */
const [WHOLE, PART, NONE] = [0, 1, 2];

/** Orders paths: the more fixed its segments, the first one counting most, the more specific (OpenAPI 3.1, "Paths Object"). */
export const specificity = (path: string): number =>
  path
    .split('/')
    .slice(1)
    .reduce((sum, segment, index) => sum + fixedness(segment) * 3 ** -index, 0);

function fixedness(segment: string): number {
  if (!PARAMETER.test(segment)) return NONE;
  return segment.replace(PARAMETER, '') === '' ? WHOLE : PART;
}

/**
 * What the service takes for another operation, though it matches the path of this one: `/orders/export` is no order.
 * @param own a path
 * @param others all other locations of the document with the same method
 * @param isOpen whether one of them is open
 * @returns patterns for a path without percent-encoding and matrix parameters. Letters match in either case, since they
 * do in many frameworks
 */
export function competingPaths(
  own: string,
  others: readonly Location[],
  isOpen: (other: Location) => boolean,
): Pick<Pattern, 'test'>[] {
  const rank = specificity(own);
  return others
    .filter((other) => {
      const difference = specificity(other.path) - rank;
      return difference > 0 || (difference === 0 && !isOpen(other));
    })
    .map(({ path }) => patternOf(path));
}

/** In linear time: of a path with two parameters in a segment, `RegExp` takes a second for 16 KiB. */
function patternOf(path: string): Pick<Pattern, 'test'> {
  const patterns = new LinearPatterns();
  const source = `^${path.toLowerCase().split(PARAMETERS).map(escaped).join('[^/]+')}/*$`;
  const pattern = patterns.pattern(source);
  return {
    test: (text) => {
      patterns.begin();
      return pattern.test(text.toLowerCase());
    },
  };
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
