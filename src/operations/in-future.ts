import { readInstant } from '../contract/instant.ts';
import { Problem, type FieldError } from '../problem.ts';
import { redisNow } from '../redis/clock.ts';

/** @returns what is wrong with a point in time of the body that must be in the future; nothing for one that is */
export function notInFuture(text: string, pointer: string): FieldError[] {
  // An entry from an older version may have a format that is not supported any more.
  if ((readInstant(text) ?? 0) > redisNow()) return [];
  return [{ in: 'body', pointer, code: 'not_in_future', message: 'must be in the future' }];
}

/** @throws Problem `invalid_body` */
export function checkInFuture(text: string, pointer: string): void {
  const errors = notInFuture(text, pointer);
  if (errors.length > 0) throw new Problem('invalid_body', { errors });
}
