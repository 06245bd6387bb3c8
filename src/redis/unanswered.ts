/**
 * Commands whose reply never arrived: ioredis rejects them on timeout or when the connection is lost, but they may have
 * been executed, or may still be (buffered, or Redis is stalled).
 */
import { exists, hasFlag } from '@ioredis/commands';
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { isRedisAway } from './connections.ts';
import { findRedisTrouble } from './trouble.ts';

/** A command that may write was sent, and its outcome is unknown. */
export class UnansweredWrite extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    // The name by which others recognize it.
    this.name = cause.name;
  }
}

/** Whether a command may have been executed despite the error. An error reply from Redis means that it was not. */
export function isUnanswered(error: unknown): error is Error {
  return error instanceof Error && findRedisTrouble(error)?.trouble === 'unanswered';
}

/**
 * For commands on a request's path. Rejects an unanswered write with `UnansweredWrite`, an unanswered read with its own
 * error. ioredis would resend unanswered commands on its next connection, even ones that timed out long ago: a write
 * could be executed twice, or after its caller was answered. They are not resent.
 */
export function rejectUnansweredWrites(redis: Redis): Redis {
  const sent = new WeakSet<object>();
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, ...rest) => {
    const isRepeatable = () => isRead(command.name) && !command.inTransaction;
    if (sent.has(command)) {
      if (isRepeatable()) return send(command, ...rest);
      command.reject(new Error('Connection is closed.'));
      return command.promise;
    }
    sent.add(command);
    const { reject } = command;
    command.reject = (error) =>
      reject(isUnanswered(error) && !isRepeatable() ? new UnansweredWrite(error) : error);
    return send(command, ...rest);
  };
  return redis;
}

function isRead(name: string): boolean {
  return exists(name, { caseInsensitive: true }) && hasFlag(name, 'readonly', { nameCaseInsensitive: true });
}

/** For writes without an effect of their own (a slot, a counter, a lease): unanswered, they count as not done. */
export function harmless<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof UnansweredWrite ? error.cause : error;
  });
}

/**
 * For a write that can be undone, even before it is executed: unanswered, it counts as not done once the undo is
 * answered.
 * @param takeBack undoes it, whichever of the two Redis executes first
 */
export function takenBack<T>(work: Promise<T>, takeBack: () => Promise<unknown>): Promise<T> {
  return work.catch(async (error: unknown) => {
    if (!(error instanceof UnansweredWrite)) throw error;
    await takeBack().catch(() => {
      throw error;
    });
    throw error.cause;
  });
}

/**
 * For work after a committed change: its errors must not become 503, which would say that nothing happened.
 * @throws Problem `outcome_unknown`
 */
export async function afterChange<T>(rest: () => Promise<T>): Promise<T> {
  try {
    return await rest();
  } catch (error) {
    const isNothing = isRedisAway(error) || (error instanceof Problem && error.status === 503);
    throw isNothing ? new Problem('outcome_unknown', { cause: error }) : error;
  }
}
