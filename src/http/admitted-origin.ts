import type { Registry } from '../registry/registry.ts';

/**
 * @param shared origins of the deployment itself
 * @returns whether pages of an origin may call operations for tenants: its own, and those of tenants' single-page apps
 */
export function isAdmittedOrigin(
  registry: Registry,
  shared: readonly string[],
): (origin: string) => Promise<boolean> {
  const own = new Set(shared);
  return async (origin) => own.has(origin) || (await registry.isRegisteredOrigin(origin));
}
