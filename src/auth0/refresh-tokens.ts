/**
 * Refresh tokens are rotated, and expire after a month, or after half of one without use. Set on every client that gets
 * some: by default, those of first-party clients neither rotate nor expire (recorded). Strict third-party clients
 * require these values.
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

/** The members of a client at the authority. */
export type RefreshTokens = { -readonly [K in keyof typeof REFRESH_TOKENS]?: string | number | boolean };
