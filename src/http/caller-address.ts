/**
 * Where a request comes from. One that a proxy forwarded says where its caller is, but only a proxy that TRUSTED_PROXIES counts is
 * believed. Otherwise the address of the connection is the proxy's own: it must not pass for the caller's where an address opens something.
 */
import type { Middleware } from 'koa';
import type { Services } from '../services.ts';
import { forwardedAddress } from './forwarded-address.ts';
import type { State } from './state.ts';

/** RFC 7239, RFC 9110 section 7.6.3, and what proxies send besides. */
const FORWARDING_FIELDS = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];
/** Anybody can send such a field: the log hears of it this often at most, ms. */
const WARNING_INTERVAL_MS = 3_600_000;

const UNTRUSTED =
  'a request has a field of a proxy, but TRUSTED_PROXIES is 0: if there is a proxy in front, set it to how many there are; until then forwarded requests are let in nowhere by their address';
const UNREADABLE =
  'a request was forwarded, but neither X-Forwarded-For nor Forwarded names its caller, or they differ: it is let in nowhere by its address; have the proxy in front write one of them, and remove the other';

/** Sets `ctx.ip` to the caller's address, and `isAddressKnown`; warns of what keeps it from being known. */
export function callerAddress({ config, log }: Pick<Services, 'config' | 'log'>): Middleware<State> {
  const proxies = config.TRUSTED_PROXIES;
  let warnedAt = -Infinity;
  const warn = (field: string) => {
    if (performance.now() - warnedAt < WARNING_INTERVAL_MS) return;
    warnedAt = performance.now();
    log.warn({ field }, proxies === 0 ? UNTRUSTED : UNREADABLE);
  };
  return (ctx, next) => {
    const field = FORWARDING_FIELDS.find((name) => ctx.req.headers[name] !== undefined);
    const address = field && proxies > 0 ? forwardedAddress(ctx.req.headers, proxies) : undefined;
    // Read now: a socket forgets it as soon as its caller hangs up, and the audit log would not know who that was.
    ctx.request.ip = address ?? ctx.req.socket.remoteAddress ?? '';
    if (address === undefined && field !== undefined) warn(field);
    ctx.state.isAddressKnown = field === undefined || address !== undefined;
    return next();
  };
}
