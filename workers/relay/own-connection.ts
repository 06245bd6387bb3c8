/** What the connection is called that a tenant gets when none is named. */
export const ownConnectionName = (tenantId: string): string => `${tenantId}-users`;
