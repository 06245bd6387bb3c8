/** Lowest request limit that can be set. */

/**
 * Requests per minute, of a tenant and of each of its callers. With fewer, nobody could read the settings (`GET
 * /v1/tenant` for its entity tag), change them, and repeat that after a conflict. The contract has the same `minimum`
 * (test/authorization/tenant-settings.test.ts checks it).
 */
export const MIN_REQUESTS_PER_MINUTE = 10;
