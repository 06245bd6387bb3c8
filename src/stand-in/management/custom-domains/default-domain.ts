import type { Store } from '../../store/store.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { rememberChoice } from './chosen-domain.ts';
import { canonicalDomain, withVerification } from './new-custom-domain.ts';

const PATH = '/custom-domains/default';

/** Recorded: of the account's own domain only the name; of a custom one also how far its verification is. */
function defaultDomain(store: Store, issuer: string): object {
  const chosen = [...store.customDomains.values()].find((domain) => domain.is_default);
  if (!chosen) return { domain: canonicalDomain(issuer) };
  return withVerification(chosen);
}

const getDefaultDomainEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:custom_domains'],
  answer: ({ store, issuer }: Call) => ({ status: 200, body: defaultDomain(store, issuer) }),
};

const setDefaultDomainEndpoint: Endpoint = {
  method: 'PATCH',
  path: PATH,
  scopes: ['update:custom_domains'],
  logAs: 'Set the default domain',
  answer: ({ store, body, issuer }: Call) => {
    const { domain: name } = checkBody(body, {
      required: ['domain'],
      properties: { domain: { type: 'string', minLength: 1 } },
    }) as { domain: string };
    const wanted = store.customDomains.first('domain', name);
    // Guessed.
    if (!wanted && name !== canonicalDomain(issuer))
      throw new ApiError(404, `The custom domain ${name} does not exist`, 'inexistent_custom_domain');
    rememberChoice(store);
    for (const domain of [...store.customDomains.values()])
      store.customDomains.put({ ...domain, is_default: domain.domain === name });
    return { status: 200, body: defaultDomain(store, issuer) };
  },
};

export const DEFAULT_DOMAIN: readonly Endpoint[] = [getDefaultDomainEndpoint, setDefaultDomainEndpoint];
