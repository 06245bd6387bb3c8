/**
 * A request that a proxy forwarded says where its caller is, but only a proxy that TRUSTED_PROXIES counts is believed. Without one, the
 * address of the connection is the proxy's own: it must not pass for the caller's where an address opens something.
 */
import type { Middleware } from 'koa';
import type { Services } from '../services.ts';
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

/** Sets `isAddressKnown`, and warns of a proxy that nobody trusts. */
export function untrustedProxy({ config, log }: Pick<Services, 'config' | 'log'>): Middleware<State> {
  let warnedAt = -Infinity;
  const warn = (field: string) => {
    if (performance.now() - warnedAt < WARNING_INTERVAL_MS) return;
    warnedAt = performance.now();
    log.warn(
      { field },
      'a request has a field of a proxy, but TRUSTED_PROXIES is 0: if there is a proxy in front, set it to how many there are; until then forwarded requests are let in nowhere by their address',
    );
  };
  return (ctx, next) => {
    const field =
      config.TRUSTED_PROXIES > 0
        ? undefined
        : FORWARDING_FIELDS.find((name) => ctx.req.headers[name] !== undefined);
    if (field !== undefined) warn(field);
    ctx.state.isAddressKnown = field === undefined;
    return next();
  };
}
