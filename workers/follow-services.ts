/** The file of `SERVICES`, for as long as a worker runs: of its contents it needs the roles, and which scopes there are. */
import { loadGateway, type Gateway } from '../src/gateway/load-gateway.ts';
import { ServicesFault } from '../src/gateway/declaration/services-fault.ts';
import { watchFiles } from '../src/gateway/watch-files.ts';
import type { Log } from '../src/log.ts';

interface FollowedServices {
  /** The same map for as long as this process runs. */
  roles: ReadonlyMap<string, readonly string[]>;
  /** As it was read last. */
  gateway: () => Gateway;
}

/** Reads the file again on SIGHUP, and when it has changed. */
export function followServices(servicesFile: string | undefined, first: Gateway, log: Log): FollowedServices {
  const roles = new Map(first.contract.roles);
  let gateway = first;
  const followed = { roles, gateway: () => gateway };
  if (servicesFile === undefined) return followed;
  const read = () => {
    try {
      gateway = loadGateway(servicesFile);
      roles.clear();
      for (const [role, scopes] of gateway.contract.roles) roles.set(role, scopes);
      log.info('SERVICES was read again');
    } catch (error) {
      if (!(error instanceof ServicesFault)) throw error;
      log.error({ faults: error.faults }, 'SERVICES was not read again; what was read before stays');
    }
  };
  process.on('SIGHUP', read);
  watchFiles(() => gateway.files, read);
  return followed;
}
