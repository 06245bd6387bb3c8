import type { components } from '../../contract/generated.ts';
import { usesSecret } from '../../registry/client-registration.ts';
import type { RegisterAppOutcome } from '../../relay/jobs/registerApp.ts';

type RegisteredClient = components['schemas']['RegisteredClient'];

/** RFC 7591 section 3.2.1: everything that was registered, and the secret this once. */
export function presentRegisteredClient(registered: RegisterAppOutcome): RegisteredClient {
  const { client_id, client_secret, issued_at, metadata } = registered;
  const { localized, ...plain } = metadata;
  return {
    client_id,
    client_id_issued_at: issued_at,
    client_secret,
    client_secret_expires_at: usesSecret(metadata) ? 0 : undefined,
    ...plain,
    ...localized,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  };
}

/** RFC 7592 section 3. */
export function managedAt(publicUrl: string, clientId: string, token: string) {
  return {
    registration_access_token: token,
    registration_client_uri: `${publicUrl}/oauth/register/${encodeURIComponent(clientId)}`,
  };
}

/** RFC 7591 section 3.2.1. */
export const NEVER_STORED = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };
