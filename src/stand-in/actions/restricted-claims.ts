/** Auth0 docs, "Create custom claims". */
const RESTRICTED = new Set(
  `acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty dest entitlements events exp
  groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf nonce object_id org_id org_name orig origid
  permissions roles rph s_hash scope sid sip_callid sip_cseq_num sip_date sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot
  vtm x5t#S256`.split(/\s+/),
);

/** Namespaces of Auth0's own are restricted, too. */
const OWN = /^https?:\/\/([^/]+\.)?(auth0|webtask)\.(com|io)(\/|$)/;

export function mayBeClaim(name: string): boolean {
  return name !== '' && !RESTRICTED.has(name) && !OWN.test(name);
}
