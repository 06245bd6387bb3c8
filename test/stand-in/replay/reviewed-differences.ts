import type { Replayed } from './replay.ts';

/** The files that the lists below were made for, by their SHA-256. What differs with another one is told, and no failure. */
export const REVIEWED_FILES: ReadonlySet<string> = new Set([
  '170013b1197abc1ed51cd06cf4a64316f792321a81bc3b7571def7415559aa75',
  '3e47ad925ec72012826667e538473cec4bffbf1fd86a31ea4e130d88f54ffef5',
]);

interface Known {
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

/** Differences that are known, and the reason for each. What is not here has to be mended. */
export const REVIEWED: readonly Known[] = [
  {
    path: /\/clients/,
    what: /^without async_approval_notification_channels$/,
    reason: 'in recordings of November 2025 only; later ones are without it again',
  },
  {
    path: /\/clients\/(cimd\/register|tpc_)/,
    what: /^status 40[04]/,
    reason: 'the metadata document is on a host that tests do not reach',
  },
  {
    path: /\/credentials/,
    what: /^without (\[\]\.)?expires_at$/,
    reason: 'null in recordings of 2023; left out since',
  },
  {
    path: /\/connections/,
    what: /^with (connections\[\]\.)?options\.oidc_metadata\.\w+$|^(connections\[\]\.)?options\.authorization_endpoint: /,
    reason:
      'in recordings of one day in May 2025 only: what was discovered had no defaults, and took the place of the endpoint that was given',
  },
  {
    path: /\/connections/,
    what: /^without options\.authentication_methods\.(email_otp|phone_otp)$/,
    reason: 'in one account only, which tries something that is not out',
  },
  {
    path: /\/connections\/con_\w+$/,
    what: /^status 204 instead of 202/,
    reason:
      'deleted twice, and the first time took that account a while; of like requests most were answered 204',
  },
  {
    path: /\/custom-domains$/,
    what: /^verification\.methods\[\]\.(name: "CNAME" instead of "cname"|domain: )/,
    reason: 'in other letters until 2024, and once with the name of somebody',
  },
  {
    path: /\/custom-domains\/cd_/,
    what: /^without (verification\.status|certificate)$/,
    reason: 'a while after a domain was made, Auth0 looks for its DNS record; here nobody does',
  },
  {
    path: /\/event-streams\/\w+\/deliveries/,
    what: /^without next$/,
    reason: 'the deliveries were of test events, which are not here',
  },
  {
    path: /\/tenants\/settings$/,
    what: /^(idle_)?ephemeral_session_lifetime: \S+ instead/,
    reason: 'changed between two requests of one case, by none that was recorded',
  },
  {
    path: /\/jobs\/job_/,
    what: /^status: "completed" instead of "failed"/,
    reason: 'the account could not send mails',
  },
  {
    path: /\/logs\/900/,
    what: /^status 404/,
    reason: 'the event was there before the recording began, and nothing in it says what it was',
  },
  {
    path: /\/logs\?/,
    what: /^with(out)? |^\[\]\./,
    reason: 'what is logged depends on what happened before, which is not recorded',
  },
  {
    path: /\/refresh-tokens/,
    what: /^without next$/,
    reason: 'the tokens came of sign-ins that are not recorded, so here are none',
  },
  {
    path: /^\/oauth\/token/,
    what: /^status 40[13] instead of|unsupported_grant_type/,
    reason:
      'the code, the refresh token or the assertion is of a sign-in that is not recorded; or second factors, passwordless sign-in and passwords at the token endpoint, which are not here',
  },
];

export function isReviewed({ path }: Replayed, what: string): boolean {
  return REVIEWED.some((one) => one.path.test(path) && one.what.test(what));
}

/** @returns whether it counts as a difference at all */
export function isProof({ path }: Replayed, what: string): boolean {
  return !LACKING.some((one) => one.path.test(path) && one.what.test(what));
}
