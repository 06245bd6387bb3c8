/** What an error of undici's means to the caller. */
import { RESET } from '../../gateway/upstream-address.ts';
import { isRecord } from '../../json.ts';
import { Problem } from '../../problem.ts';

/** The connection ended before an answer. */
const ENDED = new Set([RESET, 'ECONNRESET', 'UND_ERR_SOCKET']);
const TIMEOUTS = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);
/** This process stops. */
const CLOSED = new Set(['UND_ERR_CLOSED', 'UND_ERR_DESTROYED']);
/** undici refuses to send such a request: a fault of ours. */
const INVALID = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']);

/** Of a request that was not sent: whether its address is to blame. */
export function isConnectFailure(error: unknown): boolean {
  const code = codeOf(error);
  return !(error instanceof Problem) && !CLOSED.has(code) && !INVALID.has(code);
}

/** Whether a read may be sent again: an idle connection may end just when a request is sent on it. */
export const isEndOfConnection = (error: unknown): boolean => ENDED.has(codeOf(error));

interface Attempt {
  service: string;
  isSent: boolean;
  /** The request may change something. */
  isWrite: boolean;
}

/** For a request that got no answer. */
export function failureOf(error: unknown, { service, isSent, isWrite }: Attempt): Problem {
  if (error instanceof Problem) return error;
  const code = codeOf(error);
  const internal = `${service}: ${code || String(error)}`;
  if (!isSent)
    return new Problem(CLOSED.has(code) ? 'service_unavailable' : 'internal_error', {
      internal,
      cause: error,
    });
  const detail = isWrite
    ? 'The request was sent to the service, and may have been carried out.'
    : 'The request was sent to the service.';
  const which = TIMEOUTS.has(code) ? 'service_timeout' : 'service_failed';
  return new Problem(which, { detail, internal, cause: error });
}

function codeOf(error: unknown): string {
  return isRecord(error) && typeof error['code'] === 'string' ? error['code'] : '';
}
