import { X509Certificate } from 'node:crypto';
import { newId } from '../../random-ids.ts';
import type { Call } from '../endpoint.ts';
import {
  AMAZON_SCOPES,
  FACEBOOK_SCOPES,
  GITHUB_SCOPES,
  GOOGLE_SCOPES,
  LINKEDIN_SCOPES,
  PAYPAL_SCOPES,
} from './social-scopes.ts';
import { discoveryUrlOf, oktaMetadata, publishedMetadata } from './provider-metadata.ts';

export type Options = Record<string, unknown>;

/** Context from which options are derived. */
export type Account = Pick<Call, 'issuer' | 'store'>;

/** What Auth0 adds to a connection by its strategy (recorded). Only users of `auth0` can sign in here. */
interface Strategy {
  /** Enterprise connections: whether a button is shown. */
  hasButton?: true;
  /** The provider's side is configured on a page of its own. */
  hasTicket?: true;
  /** Its name is the default display name. */
  isShownByName?: true;
  /** Default options. */
  options?: Options;
  /** Default options on creation only, and on updates only. */
  optionsOfNew?: Options;
  optionsOfChanged?: Options;
  /** Options derived from the current ones. */
  derive?: (options: Options, account: Account) => Options;
}

const OPEN_ID_CONNECT: Options = { schema_version: 'oidc-V4', connection_settings: { pkce: 'auto' } };
const NO_SCOPE: Strategy = { options: { scope: [] } };
const PASSWORDLESS: Strategy = { optionsOfNew: { brute_force_protection: true } };

export const STRATEGIES: Readonly<Record<string, Strategy>> = {
  ad: {
    hasButton: true,
    hasTicket: true,
    options: { ips: null },
    optionsOfNew: { brute_force_protection: true },
  },
  adfs: {
    hasButton: true,
    hasTicket: true,
    options: { thumbprints: [], should_trust_email_verified_connection: 'always_set_emails_as_verified' },
    derive: ({ fedMetadataXml: metadata }) => endpointOf(metadata),
  },
  waad: {
    hasButton: true,
    hasTicket: true,
    isShownByName: true,
    options: {
      thumbprints: [],
      identity_api: 'microsoft-identity-platform-v2.0',
      useCommonEndpoint: false,
      should_trust_email_verified_connection: 'never_set_emails_as_verified',
      waad_common_endpoint: false,
      use_wsfed: false,
      waad_protocol: 'openid-connect',
    },
    derive: ({ app_domain }, { issuer }) => ({ app_domain: app_domain ?? new URL(issuer).hostname }),
  },
  'google-apps': {
    hasButton: true,
    hasTicket: true,
    options: { map_user_id_to_id: false, email: true, profile: true, handle_login_from_social: true },
    optionsOfChanged: { api_enable_users: true },
    derive: (options) => ({ scope: scopesOf(options, { email: 'email', profile: 'profile' }) }),
  },
  oidc: {
    hasButton: true,
    isShownByName: true,
    options: { ...OPEN_ID_CONNECT, type: 'front_channel', attribute_map: { mapping_mode: 'bind_all' } },
    derive: (options, { store }) => {
      const { discovery_url: url } = options;
      return discovered(options, typeof url === 'string' ? publishedMetadata(store, url) : undefined);
    },
  },
  okta: {
    hasButton: true,
    isShownByName: true,
    options: { ...OPEN_ID_CONNECT, type: 'back_channel', attribute_map: { mapping_mode: 'basic_profile' } },
    derive: (options, { store }) => {
      const { domain } = options;
      if (typeof domain !== 'string') return {};
      return discovered(options, publishedMetadata(store, discoveryUrlOf(domain)) ?? oktaMetadata(domain));
    },
  },
  samlp: {
    hasButton: true,
    hasTicket: true,
    derive: ({ signingCert }) => certificateOf(signingCert),
  },
  pingfederate: {
    hasButton: true,
    hasTicket: true,
    derive: ({ signingCert, signInEndpoint, pingFederateBaseUrl }) => ({
      ...certificateOf(signingCert),
      signingCert: undefined,
      signInEndpoint: signInEndpoint ?? pingFederateBaseUrl,
    }),
  },
  sms: PASSWORDLESS,
  email: PASSWORDLESS,
  amazon: {
    options: { profile: true },
    derive: (options) => ({ scope: scopesOf(options, AMAZON_SCOPES) }),
  },
  paypal: {
    options: { profile: true },
    derive: (options) => ({ scope: scopesOf(options, PAYPAL_SCOPES) }),
  },
  // A comma-separated text (specified).
  facebook: { derive: (options) => ({ scope: scopesOf(options, FACEBOOK_SCOPES).join() }) },
  github: { derive: (options) => ({ scope: scopesOf(options, GITHUB_SCOPES) }) },
  salesforce: NO_SCOPE,
  'salesforce-community': NO_SCOPE,
  'salesforce-sandbox': NO_SCOPE,
  'google-oauth2': {
    options: { email: true, profile: true },
    derive: (options) => ({ scope: scopesOf(options, GOOGLE_SCOPES) }),
  },
  line: {
    options: { profile: true },
    derive: (options) => ({
      scope: ['openid', ...scopesOf(options, { email: 'email', profile: 'profile' })],
    }),
  },
  linkedin: {
    options: { profile: true },
    derive: (options) => ({ scope: scopesOf(options, linkedInScopes(options)) }),
  },
  windowslive: {
    options: { signin: true },
    derive: (options) => ({
      scope: isSecondVersion(options) ? [] : scopesOf(options, { signin: 'wl.signin' }),
    }),
  },
  wordpress: {
    options: { profile: true },
    derive: (options) => ({ scope: scopesOf(options, { profile: 'profile' }) }),
  },
};

/** Members of a new connection, except its options. */
export function strategyMembers(name: string, strategy: string, issuer: string): Options {
  const { hasButton, hasTicket, isShownByName } = STRATEGIES[strategy] ?? {};
  return {
    ...(isShownByName && { display_name: name }),
    ...(hasTicket && { provisioning_ticket_url: `${issuer}p/${strategy}/${newId.ticket()}` }),
    ...(hasButton && { show_as_button: false }),
  };
}

/**
 * Recorded: the requested scopes follow from the enabled options, in their order, whatever `scope` says. Specified: other scopes are in
 * `freeform_scopes`.
 */
function scopesOf(options: Options, names: Readonly<Record<string, string>>): string[] {
  const named = Object.entries(options).flatMap(([name, value]) =>
    value === true && Object.hasOwn(names, name) ? [names[name]!] : [],
  );
  const { freeform_scopes: more } = options;
  return [...new Set([...named, ...(Array.isArray(more) ? more.map(String) : [])])];
}

/** Recorded: the first version by default. */
function linkedInScopes({ strategy_version: version }: Options): Readonly<Record<string, string>> {
  return LINKEDIN_SCOPES[version === 2 || version === 3 ? version : 1];
}

function isSecondVersion({ strategy_version: version }: Options): boolean {
  return version === 2;
}

/** Options for endpoints default to the metadata. */
const DISCOVERED = ['issuer', 'authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'];

/** Options from a provider's metadata, given or published, with the defaults of OpenID Connect Discovery 1.0, section 3. */
function discovered(options: Options, published: Options | undefined): Options {
  const metadata = options['oidc_metadata'] ?? published;
  if (typeof metadata !== 'object' || metadata === null) return {};
  const found = {
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    require_request_uri_registration: false,
    ...metadata,
  } as Options;
  return {
    oidc_metadata: found,
    ...Object.fromEntries(DISCOVERED.map((name) => [name, options[name] ?? found[name]])),
  };
}

/** The passive endpoint from WS-Federation metadata, where users sign in. */
function endpointOf(metadata: unknown): Options {
  if (typeof metadata !== 'string') return {};
  const passive = metadata.slice(metadata.indexOf('PassiveRequestorEndpoint>'));
  const address = /<(?:\w+:)?Address>([^<]*)</.exec(passive)?.[1];
  return address === undefined ? {} : { signInEndpoint: address.trim() };
}

/** Options from a certificate's content. An unreadable one is stored unchanged. */
function certificateOf(pem: unknown): Options {
  if (typeof pem !== 'string') return {};
  try {
    const certificate = new X509Certificate(pem);
    const { C, ST, L, O, OU, CN } = certificate.toLegacyObject().subject;
    const subject = {
      countryName: C,
      stateOrProvinceName: ST,
      localityName: L,
      organizationName: O,
      organizationalUnitName: OU,
      commonName: CN,
    };
    return {
      expires: new Date(certificate.validTo).toISOString(),
      subject: Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== undefined)),
      thumbprints: [certificate.fingerprint.replaceAll(':', '').toLowerCase()],
      cert: pem,
    };
  } catch {
    return {};
  }
}
