import type { Replayed } from './replay.ts';

/** The files that the lists below were made for, by their SHA-256. What differs with another one is told, and no failure. */
export const REVIEWED_FILES: ReadonlySet<string> = new Set([
  '170013b1197abc1ed51cd06cf4a64316f792321a81bc3b7571def7415559aa75',
  '3e47ad925ec72012826667e538473cec4bffbf1fd86a31ea4e130d88f54ffef5',
]);

export interface Known {
  /** In which answers. */
  path: RegExp;
  what: RegExp;
  /** Why it is left as it is. */
  reason: string;
}

/**
 * Members that a recorded answer lacks without proving anything: newer recordings have them, or those that did not go through the types
 * of an SDK. An answer that differs in nothing else counts as equal.
 */
export const LACKING: readonly Known[] = [
  {
    path: /\/clients/,
    what: /^with (clients\[\]\.)?(tenant|global|callback_url_template|cross_origin_auth|cross_origin_authentication|encrypted)$/,
    reason:
      'the recorder passes clients through the types of its SDK, which lose these, or know the other name',
  },
  {
    path: /\/connections/,
    what: /^with (connections\[\]\.)?(authentication|connected_accounts)$/,
    reason: 'since September 2025',
  },
  {
    path: /\/connections/,
    what: /^with (connections\[\]\.)?options\.authentication_methods\.password\.(api_behavior|signup_behavior)$/,
    reason: 'since 2026',
  },
  {
    path: /\/connections/,
    what: /^with (connections\[\]\.)?(display_name|options\.(schema_version|connection_settings|type|attribute_map))$/,
    reason:
      'the SDK of May 2025 lost these of OpenID Connect; the one before had them, and so has the one after',
  },
  {
    path: /\/custom-domains/,
    what: /^with (is_default|created_at|domain_metadata|verification\.methods\[\]\.domain)$/,
    reason: 'recorded before these members came, between 2024 and 2026',
  },
  { path: /\/roles/, what: /^with (roles\[\]\.)?type$/, reason: 'since August 2026' },
  {
    path: /\/organizations/,
    what: /^with (organizations\[\]\.)?third_party_client_access$/,
    reason: 'since 2026; terraform-provider-auth0 records it',
  },
  {
    path: /\/organizations\/\w+\/client-grants$/,
    what: /^with (organization_usage|allow_any_organization)$/,
    reason: 'since 2025',
  },
  {
    path: /\/clients\/cimd\/register$/,
    what: /^with (mapped_fields|validation)$/,
    reason: 'the recorder kept of it only what it overwrote',
  },
  {
    path: /\/clients\/tpc_/,
    what: /^with (third_party_security_mode|redirection_policy)$/,
    reason: 'the recorder passes clients through the types of an SDK that did not know these yet; documented',
  },
  { path: /^\/oauth\/token/, what: /^with id_token$/, reason: 'the recorder removed it' },
  {
    path: /\/discovery-domains/,
    what: /^with use_for_organization_discovery$/,
    reason: 'since 2026',
  },
  {
    path: /\/(resource-servers|client-grants)/,
    what: /^with (client_grants\[\]\.)?(subject_type_authorization|subject_type)$/,
    reason: 'recorded before these members came',
  },
];

/** Why a difference is left as it is. */
type Cause =
  /** A newer recording has it as it is here. */
  | 'older'
  /** What it depends on is not recorded: the recording doesn't tell how the answer came about. */
  | 'unrecorded'
  /** The stand-in does not claim to do this. */
  | 'not claimed';

export interface Reviewed extends Known {
  cause: Cause;
}

/** Differences that are known, and the reason for each: answers that cannot be equal. What is not here has to be mended. */
export const REVIEWED: readonly Reviewed[] = [
  {
    path: /\/clients/,
    what: /^without async_approval_notification_channels$/,
    cause: 'older',
    reason: 'in recordings of November 2025 only; later ones are without it again',
  },
  {
    path: /\/credentials/,
    what: /^without (\[\]\.)?expires_at$/,
    cause: 'older',
    reason: 'null in recordings of 2023; left out since',
  },
  {
    path: /\/connections/,
    what: /^with (connections\[\]\.)?options\.oidc_metadata\.\w+$|^(connections\[\]\.)?options\.authorization_endpoint: /,
    cause: 'older',
    reason:
      'in recordings of one day in May 2025 only: what was discovered had no defaults, and took the place of the endpoint that was given',
  },
  {
    path: /\/connections/,
    what: /^without options\.authentication_methods\.(email_otp|phone_otp)$/,
    cause: 'older',
    reason: 'in one account only, in January 2026; those of April are without it',
  },
  {
    path: /\/custom-domains$/,
    what: /^verification\.methods\[\]\.name: "CNAME" instead of "cname"/,
    cause: 'older',
    reason: 'in other letters until 2024',
  },
  {
    path: /\/custom-domains$/,
    what: /^verification\.methods\[\]\.domain: /,
    cause: 'unrecorded',
    reason: 'overwritten with the name of somebody',
  },
  {
    path: /\/tenants\/settings$/,
    what: /^(idle_)?ephemeral_session_lifetime: \S+ instead/,
    cause: 'unrecorded',
    reason: 'changed between two requests of one case, by none that was recorded',
  },
  {
    path: /\/logs\?/,
    what: /^with(out)? |^\[\]\./,
    cause: 'unrecorded',
    reason: 'what is on a later page depends on what happened before, which is not recorded',
  },
  {
    path: /\/refresh-tokens/,
    what: /^without next$/,
    cause: 'unrecorded',
    reason: 'the recorder gave all tokens the same id, and the sign-ins that they came of are not recorded',
  },
  {
    path: /^\/oauth\/token/,
    what: /^status 403 instead of 401/,
    cause: 'unrecorded',
    reason: 'for a wrong code verifier: the answer was overwritten, and public reports have 403',
  },
  {
    path: /^\/oauth\/token/,
    what: /^status 401 instead of|unsupported_grant_type/,
    cause: 'not claimed',
    reason: 'passwords, second factors and passwordless sign-in at the token endpoint are not here',
  },
];

export function isReviewed({ path }: Replayed, what: string): boolean {
  return REVIEWED.some((one) => one.path.test(path) && one.what.test(what));
}

/** @returns whether it counts as a difference at all */
export function isProof({ path }: Replayed, what: string): boolean {
  return !LACKING.some((one) => one.path.test(path) && one.what.test(what));
}
