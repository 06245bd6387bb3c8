/**
 * Measures the offset of the authority's clock by the `Date` of its answers (RFC 9110 section 6.6.1). Tokens are
 * checked against our clock: when it is behind, new tokens are not valid yet, and only this explains why.
 */
import type { Log } from '../log.ts';

export interface AuthorityClock {
  /** @param sentAt when the request was sent, ms since 1970 */
  read(response: Response, sentAt: number): void;
  /** How far it is ahead of ours, ms, to about a second; undefined until measured. */
  offsetMs(): number | undefined;
}

/** `Date` has whole seconds: on average it is half a second late. */
const HALF_A_SECOND_MS = 500;

/** @param toleranceMs a larger offset is logged, when it begins and when it ends */
export function createAuthorityClock(toleranceMs: number, log: Log): AuthorityClock {
  let offset: number | undefined;
  let isOff = false;
  return {
    offsetMs: () => offset,
    read(response, sentAt) {
      const now = Date.now();
      const said = Date.parse(response.headers.get('date') ?? '');
      if (Number.isNaN(said)) return;
      // In a cached answer, `Date` is when it was generated (RFC 9111 section 5.1).
      const age = Number(response.headers.get('age') ?? 0) || 0;
      offset = Math.round(said + age * 1000 + HALF_A_SECOND_MS - (sentAt + now) / 2);
      const wasOff = isOff;
      isOff = Math.abs(offset) > toleranceMs + HALF_A_SECOND_MS;
      const fields = { offset_seconds: Math.round(offset / 100) / 10, tolerance_seconds: toleranceMs / 1000 };
      if (isOff && !wasOff)
        log.warn(
          fields,
          "the authority's clock and this machine's differ by more than CLOCK_TOLERANCE_SECONDS: set this machine's clock",
        );
      if (wasOff && !isOff) log.info(fields, "the authority's clock and this machine's agree again");
    },
  };
}
