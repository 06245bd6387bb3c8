/** Longer than any access token lives, ms (Auth0's longest: 30 days; docs, "Update access token lifetime"). */
export const LONGEST_TOKEN_MS = 31 * 86_400_000;
