import type { Store } from '../../store/store.ts';
import { ApiError } from '../api-error.ts';
import { canonicalDomain } from './new-custom-domain.ts';

export const CUSTOM_DOMAIN_HEADER = 'auth0-custom-domain';
const DEFAULT = 'default domain was chosen';

/** That the account's own domain is the default one may be somebody's choice. */
export function rememberChoice({ settings }: Store): void {
  settings.put({ name: DEFAULT, value: true });
}

/**
 * Calls that lead to mails name their domain where there are several, unless a default was chosen (Auth0 docs, "Multiple custom domains").
 * Status and code reported by terraform-provider-auth0, for users; wording guessed.
 */
export function checkDomain(store: Store, issuer: string, named: string): void {
  const { customDomains, settings } = store;
  if (named !== '') {
    if (customDomains.count('domain', named) > 0 || named === canonicalDomain(issuer)) return;
    throw new ApiError(400, `The custom domain ${named} does not exist.`, 'invalid_custom_domain');
  }
  if (customDomains.size < 2 || settings.get(DEFAULT)) return;
  throw new ApiError(
    409,
    `There are several custom domains: choose one by the header ${CUSTOM_DOMAIN_HEADER}.`,
    'custom_domain_conflict',
  );
}
