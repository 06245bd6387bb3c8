import type { components } from '../../contract/generated.ts';
import type { Consent } from '../../relay/jobs/listConsents.ts';

export function presentConsent({
  clientId,
  name,
  scopes,
  givenAt,
}: Consent): components['schemas']['Consent'] {
  return {
    client_id: clientId,
    name,
    scopes,
    given_at: givenAt,
  };
}
