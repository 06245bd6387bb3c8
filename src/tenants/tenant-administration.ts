/** Changes to tenants, by compare-and-set, so that no concurrent change is lost. A change takes effect at every process within a second. */
import type { Redis } from 'ioredis';
import type { TenantDefaults } from '../authorization/tenant-settings.ts';
import type { EventText, PendingEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import type { SpaClient } from '../registry/clients.ts';
import { changeTenant, listTenants, readStoredTenant, type Tenant } from '../registry/tenants.ts';
import { findWebApps, readWebApp } from '../registry/client-store.ts';

export interface TenantAdministration {
  /** Defaults for settings that a tenant's entry omits. */
  readonly defaults: TenantDefaults;
  /** Ordered by id. */
  list(limit: number, after?: string): Promise<Tenant[]>;
  get(id: string): Promise<Tenant | undefined>;
  /** @returns its own web app; undefined: it shares the deployment's */
  webAppOf(tenant: Tenant): Promise<SpaClient | undefined>;
  /**
   * @param revise returns the new tenant for the current one; called again after a concurrent change; may throw
   * @param event recorded in the same transaction; undefined: its job records one later
   * @throws Problem `not_found`, `email_domain_taken`
   */
  change(
    id: string,
    revise: (tenant: Tenant) => Tenant | Promise<Tenant>,
    event: PendingEvent | undefined,
  ): Promise<Tenant>;
}

export function createTenantAdministration(redis: Redis, defaults: TenantDefaults): TenantAdministration {
  return {
    defaults,
    list: (limit, after) => listTenants(redis, limit, after),
    get: async (id) => (await readStoredTenant(redis, id))?.tenant,
    async webAppOf({ id, web_app, shared_web_app }) {
      if (shared_web_app) return undefined;
      return web_app === undefined ? (await findWebApps(redis, id))[0] : readWebApp(redis, web_app);
    },
    async change(id, revise, event) {
      for (;;) {
        const stored = await readStoredTenant(redis, id);
        if (!stored) throw new Problem('not_found');
        const revised = await revise(stored.tenant);
        if (JSON.stringify(revised) === stored.text) return revised;
        const write = (text?: EventText) =>
          changeTenant(redis, id, stored.text, revised, { event: text?.() });
        const result = event ? await event.commit(write, (outcome) => outcome === 'done') : await write();
        if (result === 'done') return revised;
        if (result === 'domain taken') throw new Problem('email_domain_taken');
      }
    },
  };
}
