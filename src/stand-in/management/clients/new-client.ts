import { newId } from '../../random-ids.ts';
import type { Client, RefreshTokenSettings } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import type { Plan } from '../../limits/plans.ts';
import { ApiError } from '../api-error.ts';
import { checkStrictRules } from './strict-rules.ts';

/** Recorded defaults of POST /clients. */
const NEVER_ROTATING: RefreshTokenSettings = {
  rotation_type: 'non-rotating',
  expiration_type: 'non-expiring',
  leeway: 0,
  token_lifetime: 2_592_000,
  infinite_token_lifetime: true,
  infinite_idle_token_lifetime: true,
  idle_token_lifetime: 1_296_000,
};
/** What public clients get, and third parties must have (Auth0 docs, "Security controls for third-party applications"). */
const ROTATING: RefreshTokenSettings = {
  ...NEVER_ROTATING,
  rotation_type: 'rotating',
  expiration_type: 'expiring',
  infinite_token_lifetime: false,
  infinite_idle_token_lifetime: false,
};

/** Recorded: what a client may do when nothing is said. */
const GRANT_TYPES_DEFAULT = ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'];
/** Auth0 docs, "Security controls for third-party applications"; others are filtered out. */
const GRANT_TYPES_OF_THIRD_PARTIES = ['authorization_code', 'refresh_token', 'client_credentials'];

/** Recorded: what comes with a type. */
const BY_APP_TYPE: Record<string, object> = {
  express_configuration: {
    callbacks: ['https://system-admin.okta.com/admin/app/generic/oauth20redirect'],
    organization_usage: 'require',
    organization_require_behavior: 'pre_login_prompt',
    client_authentication_methods: { private_key_jwt: { credentials: [] } },
    async_approval_notification_channels: ['guardian-push'],
  },
};

export type NewClient = Partial<Client> & { name: string };

export function createClient(store: Store, plan: Plan, input: NewClient): Client {
  // Public reports: this message and code. What the limit is: Auth0 docs, "Entity limit policy".
  if (store.clients.size >= plan.clientsMax)
    throw new ApiError(
      403,
      'You reached the limit of entities of this type for this tenant.',
      'too_many_entities',
    );
  const client = completeClient(input);
  checkStrictRules(client);
  return store.clients.put(client);
}

/** A client with everything that Auth0 adds to what was asked for. */
export function completeClient(input: NewClient): Client {
  const isFirstParty = input.is_first_party ?? true;
  const isPublic = (input.token_endpoint_auth_method ?? methodFor(input.app_type)) === 'none';
  // The default for new third-party clients since October 2026 (Auth0 docs, "Migrate to enhanced security").
  const mode = input.third_party_security_mode ?? 'strict';
  // Recorded: clients that stand for an API or for Okta's marketplace follow the newer rules.
  const isSystems = input.app_type === 'resource_server' || input.app_type === 'express_configuration';
  const grantTypes = input.grant_types ?? defaultGrantTypes(input.app_type);
  return {
    ...(input.description !== undefined && { description: input.description }),
    client_id:
      input.client_id ?? (isFirstParty || mode === 'permissive' ? newId.client() : newId.thirdPartyClient()),
    ...(!(isPublic && input.client_id !== undefined) && { client_secret: newId.clientSecret() }),
    ...BY_APP_TYPE[input.app_type ?? ''],
    is_token_endpoint_ip_header_trusted: false,
    oidc_conformant: isSystems,
    sso_disabled: false,
    cross_origin_authentication: false,
    custom_login_page_on: true,
    ...withoutUndefined(input),
    is_first_party: isFirstParty,
    ...(input['oidc_logout'] !== undefined && { oidc_backchannel_logout: backchannel(input['oidc_logout']) }),
    jwt_configuration: isSystems
      ? { secret_encoded: false, alg: 'RS256', ...input.jwt_configuration }
      : {
          secret_encoded: false,
          ...(isFirstParty || mode === 'permissive'
            ? { lifetime_in_seconds: 36_000 }
            : { alg: 'RS256', lifetime_in_seconds: 3_600 }),
          ...input.jwt_configuration,
        },
    refresh_token: { ...(isPublic || !isFirstParty ? ROTATING : NEVER_ROTATING), ...input.refresh_token },
    grant_types: isFirstParty
      ? grantTypes
      : grantTypes.filter((one) => GRANT_TYPES_OF_THIRD_PARTIES.includes(one)),
    ...(!isFirstParty && {
      third_party_security_mode: mode,
      redirection_policy: input.redirection_policy ?? 'open_redirect_protection',
    }),
  };
}

/** Auth0 docs, "Application settings": what authenticates a client when nothing is said. */
export function methodFor(appType: string | undefined): NonNullable<Client['token_endpoint_auth_method']> {
  return appType === 'spa' || appType === 'native' ? 'none' : 'client_secret_post';
}

/** Recorded: what is left of `oidc_logout` under its older name. */
function backchannel(logout: unknown): object {
  const { backchannel_logout_urls = [] } = logout as { backchannel_logout_urls?: string[] };
  return { backchannel_logout_urls };
}

function defaultGrantTypes(appType: string | undefined): string[] {
  if (appType === 'resource_server') return [];
  if (appType === 'express_configuration') return ['authorization_code', 'client_credentials'];
  return appType === 'non_interactive' ? ['client_credentials'] : GRANT_TYPES_DEFAULT;
}

function withoutUndefined<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
