import type { LogBook } from '../log-book.ts';
import type { Store } from '../store/store.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { Settings } from '../settings.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Dependencies of the authentication endpoints. */
export interface AuthenticationServices {
  store: Store;
  logs: LogBook;
  issuer: string;
  keys: SigningKeys;
  now: () => number;
  settings: Settings;
  /** Current limits: a change of plan replaces them. */
  limits: () => RateLimits;
  /** Whether registration is open to anybody. */
  openRegistration: boolean;
}
