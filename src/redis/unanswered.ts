/**
 * What a command came to whose answer never came: ioredis rejects it when it timed out or its connection was lost, but it may have been
 * done then, or be done in a moment (it lies in a buffer, Redis stands still).
 */
import { exists, hasFlag } from '@ioredis/commands';
import type { Redis } from 'ioredis';
import { Problem } from '../problem.ts';
import { isRedisAway } from './connections.ts';
import { findRedisTrouble } from './trouble.ts';

/** A command that may change something was sent, and nobody knows what came of it. */
export class UnansweredWrite extends Error {
  constructor(cause: Error) {
    super(cause.message, { cause });
    // What it is known by elsewhere.
    this.name = cause.name;
  }
}

/** Whether a command may have been done all the same. An error that Redis itself answered with says that it was not. */
export function isUnanswered(error: unknown): error is Error {
  return error instanceof Error && findRedisTrouble(error)?.trouble === 'unanswered';
}

/**
 * For commands on a request's path. An unanswered write is rejected with `UnansweredWrite`, an unanswered read as it was. ioredis sends
 * what was unanswered once more on its next connection, what has timed out long ago, too: a write could be done twice, or when its caller
 * has been told something else. It is not sent again.
 */
export function tellingWrites(redis: Redis): Redis {
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

/** Of writes that change nothing for anybody by themselves (a place, a count, a lease): unanswered, they are as good as not done. */
export function harmless<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof UnansweredWrite ? error.cause : error;
  });
}

/**
 * Of a write that can be taken back, also before it is done: unanswered, it is as good as not done as soon as that is answered.
 * @param takeBack does so, whichever of the two Redis does first
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

/** What follows a change that stands, whatever comes of the rest: 503 would say that nothing happened. @throws Problem `outcome_unknown` */
export async function afterChange<T>(rest: () => Promise<T>): Promise<T> {
  try {
    return await rest();
  } catch (error) {
    const isNothing = isRedisAway(error) || (error instanceof Problem && error.status === 503);
    throw isNothing ? new Problem('outcome_unknown', { cause: error }) : error;
  }
}
