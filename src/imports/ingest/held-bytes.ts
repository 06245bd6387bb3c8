/**
 * Bytes of long rows that all uploads of the thread hold before they are stored. Short rows (some hundred bytes) are not counted: a whole
 * chunk of them is smaller than the unit of counting.
 */
import { Problem } from '../../problem.ts';

export interface HeldBytes {
  /** @throws Problem `overloaded` when other uploads hold so much that there is no room */
  add(bytes: number): void;
  remove(bytes: number): void;
}

/** Seven chunks of incompressible rows of maximum length. */
const MAX_HELD_BYTES = 100_663_296;

export function createHeldBytes(max = MAX_HELD_BYTES): HeldBytes {
  let held = 0;
  return {
    add(bytes) {
      if (held + bytes > max)
        throw new Problem('overloaded', {
          headers: { 'Retry-After': '5' },
          internal: `uploads hold ${held} bytes of long rows`,
        });
      held += bytes;
    },
    remove: (bytes) => void (held -= bytes),
  };
}
