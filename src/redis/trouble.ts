/**
 * What an error of Redis', or of the way to it, means: the one table, for API and workers alike. What is not in it is a fault of ours
 * (a wrong type, an unknown command), and ends as one.
 */

export type RedisTrouble =
  /** Nothing was done. This server takes no writes, or not from this connection; a new connection may lead to the one that does. */
  | 'elsewhere'
  /** Nothing was done, and it passes, or somebody has to see to Redis: another connection would be told the same. */
  | 'refused'
  /** Nothing was done: the command never left. */
  | 'unsent'
  /** It left, and no answer came: it may have been done. */
  | 'unanswered';

export interface FoundTrouble {
  trouble: RedisTrouble;
  /** First word of Redis' reply, or the name of what ioredis found. */
  code: string;
}

/** By the first word of an error reply. Redis refuses a script or a transaction as a whole, before its first write. */
const replies: Readonly<Record<string, RedisTrouble>> = {
  // A replica, since a failover or from the first; so is a cluster's node that has given its slots away.
  READONLY: 'elsewhere',
  MASTERDOWN: 'elsewhere',
  UNBLOCKED: 'elsewhere',
  MOVED: 'elsewhere',
  REDIRECT: 'elsewhere',
  // A connection says who it is only once, when it is made.
  NOAUTH: 'elsewhere',
  LOADING: 'refused',
  BUSY: 'refused',
  UNKILLABLE: 'refused',
  OOM: 'refused',
  MISCONF: 'refused',
  NOREPLICAS: 'refused',
  CLUSTERDOWN: 'refused',
  TRYAGAIN: 'refused',
  ASK: 'refused',
  WRONGPASS: 'refused',
  NOPERM: 'refused',
  DENIED: 'refused',
};

/** What ioredis and BullMQ say themselves: their errors have no codes. */
const ownErrors: readonly [message: RegExp, RedisTrouble, code: string][] = [
  [/^Stream isn't writeable and enableOfflineQueue options is false/, 'unsent', 'NOT_CONNECTED'],
  [/^Reached the max retries per request limit/, 'unanswered', 'CONNECTION_LOST'],
  [/^Connection is closed/, 'unanswered', 'CONNECTION_CLOSED'],
  [/^Command aborted due to connection close/, 'unanswered', 'CONNECTION_LOST'],
  [/^Command timed out/, 'unanswered', 'TIMED_OUT'],
  [/^Socket timeout\. Expecting data/, 'unanswered', 'TIMED_OUT'],
];

/** How deep a cause may lie. */
const MAX_DEPTH = 4;

/** @returns undefined when the error, and what caused it, says nothing of Redis */
export function findRedisTrouble(error: unknown): FoundTrouble | undefined {
  for (let one = error, depth = 0; one instanceof Error && depth < MAX_DEPTH; one = one.cause, depth += 1) {
    const found = one.name === 'ReplyError' ? ofReply(one) : ofClient(one);
    if (found) return found;
  }
  return undefined;
}

function ofReply(error: Error): FoundTrouble | undefined {
  // A transaction was given up because of the commands that were refused on their way into it.
  if ('previousErrors' in error && Array.isArray(error.previousErrors))
    for (const previous of error.previousErrors) {
      const found = previous instanceof Error ? ofReply(previous) : undefined;
      if (found) return found;
    }
  const code = replyCode(error.message);
  const trouble = Object.hasOwn(replies, code) ? replies[code] : undefined;
  return trouble && { trouble, code };
}

/** The word that says what it is: the first one, or that of the reply which is quoted behind it. */
function replyCode(message: string): string {
  const [, first = '', rest = ''] = /^-?([A-Z]+)\b(.*)/s.exec(message) ?? [];
  // Redis before 7 quotes what a command of a script was told.
  const quoted = first === 'ERR' ? /^ Error running script .*@user_script: ?\d+: -([A-Z]+)\b/s : undefined;
  const given = first === 'EXECABORT' ? /^ Transaction discarded because of: -?([A-Z]+)\b/ : quoted;
  if (first === 'ERR' && rest.startsWith(' max number of clients reached')) return 'BUSY';
  // By hand, and before its first write: after that nobody can.
  if (first === 'ERR' && /\bScript killed by user with SCRIPT KILL/.test(rest)) return 'BUSY';
  // Redis 7.0 has no word for it.
  if (first === 'ERR' && /^ The user executing the script can't (run|access)/.test(rest)) return 'NOPERM';
  return given?.exec(rest)?.[1] ?? first;
}

function ofClient(error: Error): FoundTrouble | undefined {
  const known = ownErrors.find(([message]) => message.test(error.message));
  return known && { trouble: known[1], code: known[2] };
}
