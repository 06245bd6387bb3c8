/**
 * What an error of Redis, or of the connection to it, means: the one table, for API and workers alike. An error that is
 * not in it (a wrong type, an unknown command) is a bug, and is handled as one.
 */

export type RedisTrouble =
  /**
   * Not executed. This server refuses writes, or refuses this connection; a new connection may reach one that does not.
   */
  | 'elsewhere'
  /** Not executed; temporary, or an operator must act: another connection would get the same error. */
  | 'refused'
  /** Not executed: the command was never sent. */
  | 'unsent'
  /** Sent, but not answered: it may have been executed. */
  | 'unanswered';

export interface FoundTrouble {
  trouble: RedisTrouble;
  /** First word of Redis's error reply, or the name of an error that ioredis raised. */
  code: string;
}

/** Meaning of an error reply, by its first word. Scripts and transactions are refused as a whole, before any write. */
const replies: Readonly<Record<string, RedisTrouble>> = {
  // A replica, since a failover or from the start; also a cluster node that has handed its slots over.
  READONLY: 'elsewhere',
  MASTERDOWN: 'elsewhere',
  UNBLOCKED: 'elsewhere',
  MOVED: 'elsewhere',
  REDIRECT: 'elsewhere',
  // A connection authenticates only once, when it is opened.
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

/** Errors raised by ioredis and BullMQ, which have no codes. */
const ownErrors: readonly [message: RegExp, RedisTrouble, code: string][] = [
  [/^Stream isn't writeable and enableOfflineQueue options is false/, 'unsent', 'NOT_CONNECTED'],
  [/^Reached the max retries per request limit/, 'unanswered', 'CONNECTION_LOST'],
  [/^Connection is closed/, 'unanswered', 'CONNECTION_CLOSED'],
  [/^Command aborted due to connection close/, 'unanswered', 'CONNECTION_LOST'],
  // Of a cluster: no node could be asked, or none has the slot.
  [/^Cluster isn't ready and enableOfflineQueue options is false/, 'unsent', 'NOT_CONNECTED'],
  [/^Failed to refresh slots cache|^None of startup nodes is available/, 'unsent', 'NOT_CONNECTED'],
  [/^Cluster is (ended|disconnect)/, 'unanswered', 'CONNECTION_CLOSED'],
  [/^Too many Cluster redirections/, 'unanswered', 'REDIRECTED'],
  [/^No subscriber for the cluster/, 'unsent', 'NOT_CONNECTED'],
  // Of sentinels.
  [/^All sentinels are unreachable/, 'unsent', 'NOT_CONNECTED'],
  [/^Command timed out/, 'unanswered', 'TIMED_OUT'],
  [/^Socket timeout\. Expecting data/, 'unanswered', 'TIMED_OUT'],
];

/** Maximum depth of `cause`. */
const MAX_DEPTH = 4;

/** @returns undefined when neither the error nor its causes concern Redis */
export function findRedisTrouble(error: unknown): FoundTrouble | undefined {
  for (let one = error, depth = 0; one instanceof Error && depth < MAX_DEPTH; one = one.cause, depth += 1) {
    const found = one.name === 'ReplyError' ? ofReply(one) : ofClient(one);
    if (found) return found;
  }
  return undefined;
}

function ofReply(error: Error): FoundTrouble | undefined {
  // A transaction was discarded because of commands that were refused while it was queued.
  if ('previousErrors' in error && Array.isArray(error.previousErrors))
    for (const previous of error.previousErrors) {
      const found = previous instanceof Error ? ofReply(previous) : undefined;
      if (found) return found;
    }
  const code = replyCode(error.message);
  const trouble = Object.hasOwn(replies, code) ? replies[code] : undefined;
  return trouble && { trouble, code };
}

/** The error code: the first word, or that of a quoted reply. */
function replyCode(message: string): string {
  const [, first = '', rest = ''] = /^-?([A-Z]+)\b(.*)/s.exec(message) ?? [];
  // Redis before 7 quotes the error of the command that a script called.
  const quoted = first === 'ERR' ? /^ Error running script .*@user_script: ?\d+: -([A-Z]+)\b/s : undefined;
  const given = first === 'EXECABORT' ? /^ Transaction discarded because of: -?([A-Z]+)\b/ : quoted;
  if (first === 'ERR' && rest.startsWith(' max number of clients reached')) return 'BUSY';
  // Killed manually, before its first write: afterwards it cannot be killed.
  if (first === 'ERR' && /\bScript killed by user with SCRIPT KILL/.test(rest)) return 'BUSY';
  // Redis 7.0 has no code for it.
  if (first === 'ERR' && /^ The user executing the script can't (run|access)/.test(rest)) return 'NOPERM';
  return given?.exec(rest)?.[1] ?? first;
}

function ofClient(error: Error): FoundTrouble | undefined {
  const known = ownErrors.find(([message]) => message.test(error.message));
  return known && { trouble: known[1], code: known[2] };
}
