import type { LogBook } from '../log-book.ts';
import type { Store } from '../store/store.ts';
import type { RateLimits } from '../limits/rate-limits.ts';
import type { Settings } from '../settings.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What the authentication side works with. */
export interface AuthenticationServices {
  store: Store;
  logs: LogBook;
  issuer: string;
  keys: SigningKeys;
  now: () => number;
  settings: Settings;
  /** As they are now: another plan makes new ones. */
  limits: () => RateLimits;
  /** Whether anybody may register a client. */
  openRegistration: boolean;
}
