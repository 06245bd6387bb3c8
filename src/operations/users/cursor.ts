import { Problem } from '../../problem.ts';
import type { ListPosition } from '../../relay/jobs/listUsers.ts';

const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Opaque to callers. It says a date and a count, and so can reach nothing that its caller may not list anyway. */
export function writeCursor({ createdAt, given }: ListPosition): string {
  return Buffer.from(JSON.stringify([createdAt, given])).toString('base64url');
}

/** @throws Problem `invalid_cursor` */
export function readCursor(cursor: string): ListPosition {
  try {
    const [createdAt, given] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (
      typeof createdAt === 'string' &&
      DATE.test(createdAt) &&
      Number.isInteger(given) &&
      (given as number) > 0
    ) {
      return { createdAt, given: given as number };
    }
  } catch {
    // Not one of ours: said below.
  }
  throw new Problem('invalid_cursor');
}
