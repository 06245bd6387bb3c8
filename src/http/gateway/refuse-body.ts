/**
 * Refuses a body where the service's document has none. Servers that do not expect one leave it unread, and then take
 * it for the next request on the connection (RFC 9110 section 9.3.1): one of the caller's own making.
 */
import { Problem } from '../../problem.ts';
import { wholeBody } from '../body-pieces.ts';
import type { Step } from '../state.ts';

export const refuseBody: Step = ({ req, state }) => {
  // The proxy has kept it.
  if (state.asksFor) return;
  const { 'transfer-encoding': coding, 'content-length': length = '0' } = req.headers;
  if (coding === undefined) {
    if (Number(length) > 0) throw unexpected();
    return;
  }
  // Some clients and proxies send an empty one in chunks.
  const totalMs = state.services.config.REQUEST_TIMEOUT_SECONDS * 1000;
  return wholeBody(req, { maxBytes: 0, totalMs }).then(
    () => undefined,
    (cause: unknown) => {
      throw unexpected(cause);
    },
  );
};

const unexpected = (cause?: unknown) =>
  new Problem('malformed_body', { detail: 'This operation takes no body.', cause });
