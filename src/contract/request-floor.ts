/** The least that a limit on requests can be. */

/**
 * Requests a minute, for a tenant and for each of its callers. With less, nobody could read the settings (`GET /v1/tenant` for its
 * entity tag), change them, and do so again when somebody else was faster. The contract says the same as `minimum`
 * (test/authorization/tenant-settings.test.ts holds it).
 */
export const MIN_REQUESTS_PER_MINUTE = 10;
