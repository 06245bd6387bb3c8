/** Longer than any access token lives, ms (Auth0's longest: 30 days; docs, "Update access token lifetime"). */
export const LONGEST_TOKEN_MS = 31 * 86_400_000;

/**
 * What a token says of its user is read when the user signs in (Auth0 docs, "Login flow": Actions run then), and its time of issue is
 * that of the exchange of the code, which lives at most so long (RFC 6749 section 4.1.2), seconds.
 */
export const LONGEST_SIGN_IN_S = 600;
