import { objectId, newId } from '../../random-ids.ts';
import type { ResourceServer } from '../../store/records.ts';
import { withoutNulls } from '../patched.ts';

export type NewResourceServer = Partial<ResourceServer> & { identifier: string };

/** Recorded: Auth0's system APIs, identified by name, which an account enables. */
const SYSTEM_APIS: { names: RegExp; server: Partial<ResourceServer> }[] = [
  {
    names: /^urn:auth0:express-configure$/,
    server: {
      name: 'Okta OIN Express Configuration API',
      scopes: [
        { value: 'express_configure:sso', description: 'Ability to create SSO configurations' },
        { value: 'express_configure:scim', description: 'Ability to create scim configurations' },
      ],
      token_lifetime: 300,
      token_lifetime_for_web: 7_200,
      enforce_policies: true,
      is_system: true,
      subject_type_authorization: { user: { policy: 'allow_all' }, client: { policy: 'deny_all' } },
    },
  },
  {
    names: /^https?:\/\/[^/]+\/me\/$/,
    server: {
      name: 'Auth0 My Account API',
      scopes: ['create', 'read', 'delete'].map((verb) => ({
        value: `${verb}:me:connected_accounts`,
        description: `${verb[0]?.toUpperCase()}${verb.slice(1)} Connected Accounts`,
      })),
      allow_offline_access: true,
      token_lifetime: 600,
      token_lifetime_for_web: 600,
      skip_consent_for_verifiable_first_party_clients: true,
      is_system: true,
      proof_of_possession: { mechanism: 'dpop', required: false },
      subject_type_authorization: {
        user: { policy: 'require_client_grant' },
        client: { policy: 'deny_all' },
      },
    },
  },
];

/** Recorded defaults; none for `name` and `scopes`. */
export function completeResourceServer(input: NewResourceServer): ResourceServer {
  const algorithm = input.signing_alg ?? 'RS256';
  return {
    id: objectId(),
    allow_offline_access: false,
    token_lifetime: 86_400,
    token_lifetime_for_web: Math.min(7_200, input.token_lifetime ?? 7_200),
    skip_consent_for_verifiable_first_party_clients: false,
    ...(algorithm === 'HS256' && { signing_secret: newId.clientSecret() }),
    ...withoutNulls(input),
    signing_alg: algorithm,
    subject_type_authorization: {
      user: { policy: 'allow_all' },
      client: { policy: 'require_client_grant' },
      ...input.subject_type_authorization,
    },
    // Accounts cannot change system APIs.
    ...SYSTEM_APIS.find(({ names }) => names.test(input.identifier))?.server,
  };
}
