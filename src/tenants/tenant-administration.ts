/** Tenants as the API changes them: by what was read, so that nobody's change is lost. What is changed holds at every process in a second. */
import type { Redis } from 'ioredis';
import type { TenantDefaults } from '../authorization/tenant-settings.ts';
import type { EventText, PendingEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import type { SpaClient } from '../registry/clients.ts';
import { changeTenant, listTenants, readStoredTenant, type Tenant } from '../registry/tenants.ts';
import { findWebApps, readWebApp } from '../registry/client-store.ts';

export interface TenantAdministration {
  /** What holds for a tenant where its entry says nothing. */
  readonly defaults: TenantDefaults;
  /** By id. */
  list(limit: number, after?: string): Promise<Tenant[]>;
  get(id: string): Promise<Tenant | undefined>;
  /** A web app of its own. */
  webAppOf(tenant: Tenant): Promise<SpaClient | undefined>;
  /**
   * @param revise makes the new one of the one that is there; asked again when somebody else was faster; may throw
   * @param event tells of it, in the same transaction; undefined: what is told comes later
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
        const result = event ? await event.commit(write, (came) => came === 'done') : await write();
        if (result === 'done') return revised;
        if (result === 'domain taken') throw new Problem('email_domain_taken');
      }
    },
  };
}
