import { inConnection, type Store } from '../store/store.ts';

/** Auth0 docs, "Brute-force protection": after this many wrong passwords for one identifier from one address, that address is blocked. */
export const FAILURES_MAX = 10;

/** Text of Auth0's page, from public reports. */
export const BLOCKED_TEXT =
  'Your account has been blocked after multiple consecutive login attempts. We’ve sent you a notification via your preferred contact method with instructions on how to unblock it.';

export function isBlocked(store: Store, identifier: string, ip: string): boolean {
  return (store.failedSignIns.get(inConnection(identifier, ip))?.count ?? 0) >= FAILURES_MAX;
}

/** @returns whether this attempt reached the limit */
export function rememberFailure(store: Store, identifier: string, ip: string): boolean {
  const count = (store.failedSignIns.get(inConnection(identifier, ip))?.count ?? 0) + 1;
  store.failedSignIns.put({ identifier, ip, count });
  return count === FAILURES_MAX;
}

export function forgetFailures(store: Store, identifier: string, ip: string): void {
  store.failedSignIns.delete(inConnection(identifier, ip));
}
