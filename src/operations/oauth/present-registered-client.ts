import type { components } from '../../contract/generated.ts';
import type { RegisterAppOutcome } from '../../relay/jobs/registerApp.ts';

/** RFC 7591 section 3.2.1: everything that was registered, and the secret this once. */
export function presentRegisteredClient(
  registered: RegisterAppOutcome,
): components['schemas']['RegisteredClient'] {
  const { client_id, client_secret, issued_at, metadata } = registered;
  return {
    client_id,
    client_id_issued_at: issued_at,
    ...(client_secret === undefined ? {} : { client_secret, client_secret_expires_at: 0 }),
    ...metadata,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  };
}
