/** Apart from the callers, who need a world: benchmarks have deployments of their own. @returns a value for `Authorization` */
export function basic(clientId: string, clientSecret: string): string {
  return `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
}
