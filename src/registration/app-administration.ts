/** Decisions of the operator and of tenants on apps. Every process applies them within a second. */
import type { Redis } from 'ioredis';
import { ownedBy } from '../authorization/tenant-boundary.ts';
import type { PendingEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import {
  countAppUsers,
  decisionId,
  listAppsOf,
  readAppUse,
  readDecision,
  removeAppIdsOf,
  saveDecision,
  type AppDecision,
  type AppUse,
} from '../registry/app-decisions.ts';
import type { ClientRegistration } from '../registry/client-registration.ts';
import type { AppPlace } from '../registry/app-places.ts';
import type { Apps } from '../registry/apps.ts';
import type { AppClient, AppIdentity, AppStatus } from '../registry/clients.ts';
import { identityOf, versionOf } from './app-identity.ts';

/** An app as presented to whoever decides on it. */
export interface SeenApp {
  app: AppClient;
  /** Version of what a decision on it is based on. */
  version: string;
  metadata: ClientRegistration | undefined;
  use: AppUse;
}

export interface TenantApp extends SeenApp {
  /** For how many users of the tenant it acted lately. */
  users: number;
  decision: AppDecision | undefined;
}

interface AppListing {
  /** Reads at most `PAGE` of the list. */
  read: (after: AppPlace | undefined) => Promise<AppPlace[]>;
  isWanted: (app: AppClient) => boolean;
  /** Removes apps from the list that are gone. */
  forget?: (gone: string[]) => Promise<void>;
}

/** Page size of reads when only apps with one status are wanted. */
const PAGE = 200;

/**
 * Each `event` is recorded in the transaction of the change. A decision applies to the app at the `version` that was presented;
 * undefined: at any version.
 */
export class AppAdministration {
  readonly #redis: Redis;
  readonly #apps: Apps;

  constructor(redis: Redis, apps: Apps) {
    this.#redis = redis;
    this.#apps = apps;
  }

  /** Newest first. @returns also the position to continue from; undefined: there are no more */
  async list(
    limit: number,
    after: AppPlace | undefined,
    status: AppStatus | undefined,
  ): Promise<{ apps: SeenApp[]; next: AppPlace | undefined }> {
    const read = (from: AppPlace | undefined) => this.#apps.listPlaces(PAGE, from);
    const isWanted = (app: AppClient) => status === undefined || app.status === status;
    return this.#page(limit, after, { read, isWanted });
  }

  async #page(
    limit: number,
    after: AppPlace | undefined,
    { read, isWanted, forget }: AppListing,
  ): Promise<{ apps: SeenApp[]; next: AppPlace | undefined }> {
    const found: AppClient[] = [];
    for (let next = after; ;) {
      const places = await read(next);
      const ids = places.map(({ clientId }) => clientId);
      const there = new Map((await this.#apps.readAll(ids)).map((app) => [app.client_id, app]));
      const gone = ids.filter((id) => !there.has(id));
      if (gone.length > 0) await forget?.(gone);
      for (const place of places) {
        const app = there.get(place.clientId);
        next = place;
        if (!app || !isWanted(app)) continue;
        found.push(app);
        if (found.length === limit) return { apps: await this.#see(found), next };
      }
      if (places.length < PAGE) return { apps: await this.#see(found), next: undefined };
    }
  }

  /** @returns undefined when there is no such app. @throws Problem `precondition_failed` */
  async setStatus(
    clientId: string,
    { status, version }: { status: AppStatus; version?: string | undefined },
    by: string,
    event: PendingEvent,
  ): Promise<SeenApp | undefined> {
    for (;;) {
      const stored = await this.#apps.read(clientId);
      if (!stored) return undefined;
      await this.#checkVersion(stored.app, version);
      const status_on = status === 'approved' ? await this.#identityAt(stored.app) : undefined;
      const decided = { status, status_by: by, status_on, approval_lapsed_at: undefined };
      const app: AppClient = { ...stored.app, ...decided };
      if (await event.commit((text) => this.#apps.change(stored, app, { events: [text()] })))
        return (await this.#see([app]))[0];
    }
  }

  /** Apps that the tenant's users have used, that it has decided on, or vouches for. As `list`. */
  async listFor(
    tenantId: string,
    limit: number,
    after: AppPlace | undefined,
  ): Promise<{ apps: TenantApp[]; next: AppPlace | undefined }> {
    const isKnown = (app: AppClient) => mayKnow(tenantId, app);
    const read = (from: AppPlace | undefined) => listAppsOf(this.#redis, tenantId, PAGE, from);
    const forget = (gone: string[]) => removeAppIdsOf(this.#redis, tenantId, gone);
    const { apps, next } = await this.#page(limit, after, { read, isWanted: isKnown, forget });
    return { apps: await Promise.all(apps.map((one) => this.#withDecision(tenantId, one))), next };
  }

  /**
   * @param decision undefined: withdraws the decision
   * @returns undefined when there is no app that is visible to the tenant
   * @throws Problem `precondition_failed`
   */
  async decide(
    tenantId: string,
    { clientId, version }: { clientId: string; version: string | undefined },
    decision: Omit<AppDecision, 'on'> | undefined,
    event: PendingEvent,
  ): Promise<TenantApp | undefined> {
    for (;;) {
      const stored = await this.#apps.read(clientId);
      if (!stored || !mayKnow(tenantId, stored.app)) return undefined;
      await this.#checkVersion(stored.app, version);
      const on = decision?.access === 'allowed' ? await this.#identityAt(stored.app) : undefined;
      const seenAs = { clientId, text: stored.text };
      const named = decision && { ...decision, on };
      if (!(await event.commit((text) => saveDecision(this.#redis, tenantId, seenAs, named, text()))))
        continue;
      const [seen] = await this.#see([stored.app]);
      return seen && this.#withDecision(tenantId, seen);
    }
  }

  async #see(found: readonly AppClient[]): Promise<SeenApp[]> {
    const use = await readAppUse(
      this.#redis,
      found.map(({ client_id }) => client_id),
    );
    return Promise.all(
      found.map(async (app) => {
        const metadata = await this.#apps.readMetadata(app.client_id);
        const identity = app.identity ?? (metadata && identityOf(metadata));
        const version = identity ? versionOf(identity) : '';
        return { app, version, metadata, use: use.get(app.client_id) ?? {} };
      }),
    );
  }

  async #withDecision(tenantId: string, seen: SeenApp): Promise<TenantApp> {
    const { client_id } = seen.app;
    const [decision, users] = await Promise.all([
      readDecision(this.#redis, decisionId(tenantId, client_id)),
      countAppUsers(this.#redis, tenantId, client_id),
    ]);
    return { ...seen, decision, users };
  }

  /** The identity that a decision made now is based on. */
  async #identityAt(app: AppClient): Promise<AppIdentity | undefined> {
    if (app.identity) return app.identity;
    const metadata = await this.#apps.readMetadata(app.client_id);
    return metadata && identityOf(metadata);
  }

  /** @throws Problem `precondition_failed` when the app has changed since that version */
  async #checkVersion(app: AppClient, version: string | undefined): Promise<void> {
    const identity = version === undefined ? undefined : await this.#identityAt(app);
    if (identity && versionOf(identity) !== version) throw new Problem('precondition_failed');
  }
}

/** An app that only another tenant vouches for is visible to that tenant only. */
const mayKnow = (tenantId: string, app: AppClient) =>
  app.status === 'approved' ||
  app.vouched_by === undefined ||
  ownedBy(tenantId, app, ({ vouched_by }) => vouched_by) !== undefined;
