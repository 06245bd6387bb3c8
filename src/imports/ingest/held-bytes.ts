/**
 * What all uploads of the thread together hold of long rows until it is stored. Rows of some hundred bytes are not counted: a whole chunk of
 * them is less than what is counted at a time.
 */
import { Problem } from '../../problem.ts';

export interface HeldBytes {
  /** @throws Problem `overloaded`: others hold so much that there is no room for more. */
  add(bytes: number): void;
  remove(bytes: number): void;
}

/** Seven chunks of rows as long as they may be that nothing makes smaller. */
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
