import { objectId, newId } from '../../random-ids.ts';
import type { ResourceServer } from '../../store/records.ts';

export type NewResourceServer = Partial<ResourceServer> & { identifier: string };

/** Recorded defaults. */
export function completeResourceServer(input: NewResourceServer): ResourceServer {
  const algorithm = input.signing_alg ?? 'RS256';
  return {
    id: objectId(),
    scopes: [],
    allow_offline_access: false,
    token_lifetime: 86_400,
    token_lifetime_for_web: Math.min(7_200, input.token_lifetime ?? 7_200),
    skip_consent_for_verifiable_first_party_clients: false,
    ...(algorithm === 'HS256' && { signing_secret: newId.clientSecret() }),
    ...input,
    name: input.name ?? input.identifier,
    signing_alg: algorithm,
    subject_type_authorization: {
      user: { policy: 'allow_all' },
      client: { policy: 'require_client_grant' },
      ...input.subject_type_authorization,
    },
  };
}
