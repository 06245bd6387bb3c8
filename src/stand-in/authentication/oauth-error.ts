import { errors } from 'oidc-provider';

/** An error with Auth0's wording instead of oidc-provider's. */
export class OAuthError extends errors.OIDCProviderError {
  constructor(status: number, error: string, description: string, { redirect = true } = {}) {
    super(status, error);
    this.error_description = description;
    this.allow_redirect = redirect;
  }
}
