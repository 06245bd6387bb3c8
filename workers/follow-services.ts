/** Roles of the file of `SERVICES`, for as long as a worker runs: it needs nothing else of the file. */
import { loadGateway, type Gateway } from '../src/gateway/load-gateway.ts';
import { ServicesFault } from '../src/gateway/declaration/services-fault.ts';
import { watchFiles } from '../src/gateway/watch-files.ts';
import type { Log } from '../src/log.ts';

/**
 * Reads the file again on SIGHUP, and when it has changed.
 * @returns the roles: the same map for as long as this process runs
 */
export function followServices(
  servicesFile: string | undefined,
  gateway: Gateway,
  log: Log,
): ReadonlyMap<string, readonly string[]> {
  const roles = new Map(gateway.contract.roles);
  if (servicesFile === undefined) return roles;
  let { files } = gateway;
  const read = () => {
    try {
      const next = loadGateway(servicesFile);
      ({ files } = next);
      roles.clear();
      for (const [role, scopes] of next.contract.roles) roles.set(role, scopes);
      log.info('SERVICES was read again');
    } catch (error) {
      if (!(error instanceof ServicesFault)) throw error;
      log.error({ faults: error.faults }, 'SERVICES was not read again; what was read before stays');
    }
  };
  process.on('SIGHUP', read);
  watchFiles(() => files, read);
  return roles;
}
