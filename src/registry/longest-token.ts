/** Upper bound of an access token's lifetime, ms (Auth0's maximum is 30 days; docs, "Update access token lifetime"). */
export const LONGEST_TOKEN_MS = 31 * 86_400_000;

/**
 * Maximum lifetime of an authorization code, seconds (RFC 6749 section 4.1.2). Claims about a user are read at sign-in (Auth0 docs, "Login
 * flow": Actions run then), but `iat` is the time of the code's exchange, which may be this much later.
 */
export const LONGEST_SIGN_IN_S = 600;
