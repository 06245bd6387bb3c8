import { errors } from 'oidc-provider';

/** An error that leaves as Auth0 words it, not as oidc-provider would. */
export class OAuthError extends errors.OIDCProviderError {
  constructor(status: number, error: string, description: string, { redirect = true } = {}) {
    super(status, error);
    this.error_description = description;
    this.allow_redirect = redirect;
  }
}
