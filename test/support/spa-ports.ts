import { readMemory, saveMemory, type Tenancy } from '../../src/start/home.ts';
import { anyFreePort } from '../../src/start/ports.ts';

/**
 * Browser tests serve the single-page apps; the usual port may be in use by somebody's own.
 * @param home of a deployment that is not started yet
 */
export async function giveSpasFreePorts(home: string, tenancy?: Tenancy): Promise<void> {
  const memory = readMemory(home, tenancy);
  memory.web_app.redirect_uri = `http://localhost:${await anyFreePort()}/callback`;
  for (const tenant of memory.tenants)
    tenant.spa_redirect_uri = `http://localhost:${await anyFreePort()}/callback`;
  saveMemory(home, memory);
}
