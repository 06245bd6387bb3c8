/**
 * Determines the client address of a request. Forwarding fields are trusted only from as many proxies as
 * TRUSTED_PROXIES counts. If they cannot be trusted, the connection's address is the proxy's own, and must not pass for
 * the client's where an address grants access.
 */
import type { Services } from '../../services.ts';
import { forwardedAddress } from '../forwarded-address.ts';
import type { Context } from '../state.ts';

/** RFC 7239, RFC 9110 section 7.6.3, and the de facto fields that proxies send. */
const FORWARDING_FIELDS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];
/** Anybody can send such a field, so the warning is logged at most once per interval, ms. */
const WARNING_INTERVAL_MS = 3_600_000;

const UNTRUSTED =
  'a request has a proxy header, but TRUSTED_PROXIES is 0: if there is a proxy in front, set it to the number of proxies; until then forwarded requests get no access by address';
const UNREADABLE =
  'a request was forwarded, but X-Forwarded-For and Forwarded name no client address, or disagree: it gets no access by address; have the proxy in front write one of them, and remove the other';

/** Sets `ctx.ip` to the client address, and `isAddressKnown`; warns when the address cannot be determined. */
export function callerAddress({ config, log }: Pick<Services, 'config' | 'log'>): (ctx: Context) => void {
  const proxies = config.TRUSTED_PROXIES;
  let warnedAt = -Infinity;
  const warn = (field: string) => {
    if (performance.now() - warnedAt < WARNING_INTERVAL_MS) return;
    warnedAt = performance.now();
    log.warn({ field }, proxies === 0 ? UNTRUSTED : UNREADABLE);
  };
  return (ctx) => {
    const { headers } = ctx.req;
    const field = FORWARDING_FIELDS.find((name) => headers[name] !== undefined);
    const address = field && proxies > 0 ? forwardedAddress(headers, proxies) : undefined;
    // Read now: a socket loses its address when the client disconnects, and the audit log needs it.
    ctx.request.ip = address ?? ctx.req.socket.remoteAddress ?? '';
    if (address === undefined && field !== undefined) warn(field);
    ctx.state.isAddressKnown = field === undefined || address !== undefined;
  };
}
