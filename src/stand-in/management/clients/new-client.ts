import { newId } from '../../random-ids.ts';
import type { Client, RefreshTokenSettings } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import type { Plan } from '../../limits/plans.ts';
import { ApiError } from '../api-error.ts';
import { withoutNulls } from '../patched.ts';
import { checkStrictRules } from './strict-rules.ts';

/** Recorded: lifetime and idle lifetime of refresh tokens, in seconds. */
const LIFETIMES = { token_lifetime: 2_592_000, idle_token_lifetime: 1_296_000 };
/** The same for clients created with an authentication method that needs a secret. */
const LIFETIMES_WITH_SECRET = { token_lifetime: 31_557_600, idle_token_lifetime: 2_592_000 };

/** Recorded default. */
const GRANT_TYPES_DEFAULT = ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'];
/** Auth0 docs, "Security controls for third-party applications"; others are filtered out. */
const GRANT_TYPES_OF_THIRD_PARTIES = ['authorization_code', 'refresh_token', 'client_credentials'];

/** Recorded defaults of each type. */
const BY_APP_TYPE: Record<string, object> = {
  express_configuration: {
    callbacks: ['https://system-admin.okta.com/admin/app/generic/oauth20redirect'],
    organization_usage: 'require',
    organization_require_behavior: 'pre_login_prompt',
    client_authentication_methods: { private_key_jwt: { credentials: [] } },
  },
};

export type NewClient = Partial<Client> & { name: string };

export function createClient(store: Store, plan: Plan, input: NewClient): Client {
  // Public reports: this message and code. The limit: Auth0 docs, "Entity limit policy".
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

/** Adds everything that Auth0 adds to a new client. */
export function completeClient(wanted: NewClient): Client {
  const input = withoutNulls(withOtherNames(wanted));
  const isFirstParty = input.is_first_party ?? true;
  const isPublic = (input.token_endpoint_auth_method ?? methodFor(input.app_type)) === 'none';
  // The default for new third-party clients since October 2026 (Auth0 docs, "Migrate to enhanced security").
  const mode = input.third_party_security_mode ?? 'strict';
  // Recorded: clients that represent an API or Okta's marketplace follow the newer rules.
  const isSystems = input.app_type === 'resource_server' || input.app_type === 'express_configuration';
  const grantTypes = input.grant_types ?? defaultGrantTypes(input);
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
    jwt_configuration: {
      secret_encoded: false,
      ...(isFirstParty || mode === 'permissive'
        ? // Recorded: a given value replaces the defaults, without merging.
          (input.jwt_configuration ?? (isSystems ? { alg: 'RS256' } : { lifetime_in_seconds: 36_000 }))
        : { alg: 'RS256', lifetime_in_seconds: 3_600, ...input.jwt_configuration }),
    },
    refresh_token: refreshTokenSettings(input, isFirstParty),
    grant_types: isFirstParty
      ? grantTypes
      : grantTypes.filter((one) => GRANT_TYPES_OF_THIRD_PARTIES.includes(one)),
    ...(!isFirstParty && {
      third_party_security_mode: mode,
      // Recorded: permissive clients have none.
      ...(mode === 'strict' && {
        redirection_policy: input.redirection_policy ?? 'open_redirect_protection',
      }),
    }),
  };
}

/**
 * Recorded: refresh tokens of first-party clients neither rotate nor expire, including single-page and native ones; setting expiration
 * results in limited lifetimes. Third parties must have both (Auth0 docs, "Security controls for third-party applications").
 */
function refreshTokenSettings(input: NewClient, isFirstParty: boolean): RefreshTokenSettings {
  const expiration = input.refresh_token?.expiration_type ?? (isFirstParty ? 'non-expiring' : 'expiring');
  return {
    rotation_type: isFirstParty ? 'non-rotating' : 'rotating',
    expiration_type: expiration,
    leeway: 0,
    ...(isFirstParty && saysItHasSecret(input) ? LIFETIMES_WITH_SECRET : LIFETIMES),
    ...endsBy(expiration),
    ...input.refresh_token,
  };
}

/** Recorded: whether lifetimes are limited, if only the expiration type was given. */
export function endsBy(
  expiration: RefreshTokenSettings['expiration_type'],
): Pick<RefreshTokenSettings, 'infinite_token_lifetime' | 'infinite_idle_token_lifetime'> {
  const isEndless = expiration === 'non-expiring';
  return { infinite_token_lifetime: isEndless, infinite_idle_token_lifetime: isEndless };
}

function saysItHasSecret({ token_endpoint_auth_method: method }: NewClient): boolean {
  return method !== undefined && method !== 'none';
}

/**
 * Members with two names, as stored. Recorded: responses include `cross_origin_auth` beside its newer name, with the same value; of
 * `oidc_logout`, the part under its older name is included, too.
 */
export function withOtherNames<T extends Partial<Client>>(client: T): T {
  const { cross_origin_auth: older, ...others } = client;
  const logout = client['oidc_logout'] as { backchannel_logout_urls?: string[] } | null | undefined;
  const backchannel = logout && { backchannel_logout_urls: logout.backchannel_logout_urls ?? [] };
  return {
    ...(older !== undefined && { cross_origin_authentication: older }),
    ...(backchannel !== undefined && { oidc_backchannel_logout: backchannel }),
    ...others,
  } as T;
}

/** Auth0 docs, "Application settings": default authentication method. */
export function methodFor(appType: string | undefined): NonNullable<Client['token_endpoint_auth_method']> {
  return appType === 'spa' || appType === 'native' ? 'none' : 'client_secret_post';
}

function defaultGrantTypes(input: NewClient): string[] {
  const { app_type: appType } = input;
  if (appType === 'resource_server') return [];
  if (appType === 'express_configuration') return ['authorization_code', 'client_credentials'];
  // Recorded: all of them if the authentication method was given.
  return appType === 'non_interactive' && !saysItHasSecret(input)
    ? ['client_credentials']
    : GRANT_TYPES_DEFAULT;
}

function withoutUndefined<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
