/** What operator and tenants decide on apps. Whatever it is, every process keeps to it within a second. */
import type { Redis } from 'ioredis';
import { ownedBy } from '../authorization/tenant-boundary.ts';
import type { PendingEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import {
  decisionId,
  listAppIdsOf,
  readAppUse,
  readDecision,
  removeAppIdsOf,
  saveDecision,
  type AppDecision,
  type AppUse,
} from '../registry/app-decisions.ts';
import type { ClientRegistration } from '../registry/client-registration.ts';
import type { AppPlace, Apps } from '../registry/apps.ts';
import type { AppClient, AppIdentity, AppStatus } from '../registry/clients.ts';
import { identityOf, versionOf } from './app-identity.ts';

/** An app as whoever decides on it sees it. */
export interface SeenApp {
  app: AppClient;
  /** Of what a decision on it is made on. */
  version: string;
  metadata: ClientRegistration | undefined;
  use: AppUse;
}

export interface TenantApp extends SeenApp {
  decision: AppDecision | undefined;
}

/**
 * Each `event` is told in the transaction of the change. A decision is on the app of the `version` that whoever decides has seen;
 * undefined: on whatever it is.
 */
export interface AppAdministration {
  /** Newest first. @returns where to go on, too; undefined: that was all */
  list(
    limit: number,
    after: AppPlace | undefined,
    status: AppStatus | undefined,
  ): Promise<{ apps: SeenApp[]; next: AppPlace | undefined }>;
  /** @returns undefined when there is no such app. @throws Problem `precondition_failed` */
  setStatus(
    clientId: string,
    { status, version }: { status: AppStatus; version?: string | undefined },
    by: string,
    event: PendingEvent,
  ): Promise<SeenApp | undefined>;
  /** Apps that users of the tenant came with, that it decided on, or vouched for. */
  listFor(tenantId: string): Promise<TenantApp[]>;
  /**
   * @param decision undefined: none any more
   * @returns undefined when there is no app that the tenant may know of
   * @throws Problem `precondition_failed`
   */
  decide(
    tenantId: string,
    { clientId, version }: { clientId: string; version: string | undefined },
    decision: Omit<AppDecision, 'on'> | undefined,
    event: PendingEvent,
  ): Promise<TenantApp | undefined>;
}

/** So many are read at once when only those of one status are wanted. */
const PAGE = 200;

export function createAppAdministration(redis: Redis, apps: Apps): AppAdministration {
  async function see(found: readonly AppClient[]): Promise<SeenApp[]> {
    const use = await readAppUse(
      redis,
      found.map(({ client_id }) => client_id),
    );
    return Promise.all(
      found.map(async (app) => {
        const metadata = await apps.readMetadata(app.client_id);
        const identity = app.identity ?? (metadata && identityOf(metadata));
        const version = identity ? versionOf(identity) : '';
        return { app, version, metadata, use: use.get(app.client_id) ?? {} };
      }),
    );
  }

  async function withDecision(tenantId: string, seen: SeenApp): Promise<TenantApp> {
    return { ...seen, decision: await readDecision(redis, decisionId(tenantId, seen.app.client_id)) };
  }

  /** What a decision that is made now is made on. */
  async function identityAt(app: AppClient): Promise<AppIdentity | undefined> {
    if (app.identity) return app.identity;
    const metadata = await apps.readMetadata(app.client_id);
    return metadata && identityOf(metadata);
  }

  /** The app has become another one since it was seen. @throws Problem `precondition_failed` */
  async function checkVersion(app: AppClient, version: string | undefined): Promise<void> {
    const identity = version === undefined ? undefined : await identityAt(app);
    if (identity && versionOf(identity) !== version) throw new Problem('precondition_failed');
  }

  /** An app that nobody but another tenant vouched for is that tenant's own business. */
  const mayKnow = (tenantId: string, app: AppClient) =>
    app.status === 'approved' ||
    app.vouched_by === undefined ||
    ownedBy(tenantId, app, ({ vouched_by }) => vouched_by) !== undefined;

  return {
    async list(limit, after, status) {
      const found: AppClient[] = [];
      for (let next = after; ;) {
        const places = await apps.listPlaces(PAGE, next);
        const there = new Map(
          (await apps.readAll(places.map(({ clientId }) => clientId))).map((app) => [app.client_id, app]),
        );
        for (const place of places) {
          const app = there.get(place.clientId);
          next = place;
          if (!app || (status !== undefined && app.status !== status)) continue;
          found.push(app);
          if (found.length === limit) return { apps: await see(found), next };
        }
        if (places.length < PAGE) return { apps: await see(found), next: undefined };
      }
    },

    async setStatus(clientId, { status, version }, by, event) {
      for (;;) {
        const stored = await apps.read(clientId);
        if (!stored) return undefined;
        await checkVersion(stored.app, version);
        const { status_on: _on, approval_lapsed_at: _lapsed, ...rest } = stored.app;
        const on = status === 'approved' ? await identityAt(stored.app) : undefined;
        const app: AppClient = { ...rest, status, status_by: by, ...(on && { status_on: on }) };
        if (await event.commit((text) => apps.change(stored, app, { events: [text()] })))
          return (await see([app]))[0];
      }
    },

    async listFor(tenantId) {
      const ids = await listAppIdsOf(redis, tenantId);
      const found = await apps.readAll(ids);
      const gone = ids.filter((id) => !found.some(({ client_id }) => client_id === id));
      if (gone.length > 0) await removeAppIdsOf(redis, tenantId, gone);
      const seen = await see(found.filter((app) => mayKnow(tenantId, app)));
      return Promise.all(seen.map((one) => withDecision(tenantId, one)));
    },

    async decide(tenantId, { clientId, version }, decision, event) {
      for (;;) {
        const stored = await apps.read(clientId);
        if (!stored || !mayKnow(tenantId, stored.app)) return undefined;
        await checkVersion(stored.app, version);
        const on = decision?.access === 'allowed' ? await identityAt(stored.app) : undefined;
        const named = decision && { ...decision, ...(on && { on }) };
        const of = { clientId, text: stored.text };
        if (!(await event.commit((text) => saveDecision(redis, tenantId, of, named, text())))) continue;
        const [seen] = await see([stored.app]);
        return seen && withDecision(tenantId, seen);
      }
    },
  };
}
