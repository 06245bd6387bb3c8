/**
 * Each refresh token is good once, and ends after a month, or after half of one without use. Sent with every client that gets some:
 * first-party ones rotate nothing and never end when nothing is said (recorded). Strict third parties must have it like this.
 */
export const REFRESH_TOKENS = {
  rotation_type: 'rotating',
  expiration_type: 'expiring',
  leeway: 0,
  token_lifetime: 2_592_000,
  idle_token_lifetime: 1_296_000,
  infinite_token_lifetime: false,
  infinite_idle_token_lifetime: false,
} as const;

/** As a client at the authority has it. */
export type RefreshTokens = { -readonly [K in keyof typeof REFRESH_TOKENS]?: string | number | boolean };
