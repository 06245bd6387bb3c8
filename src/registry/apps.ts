/**
 * Third-party apps in the registry, registered dynamically or by a metadata document. An app that is removed here is refused immediately;
 * its client at the authority is deleted later. Client metadata may name people (`contacts`), so it is stored encrypted.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { parseStored } from '../redis/replies.ts';
import { defineScript } from '../redis/scripts.ts';
import type { Seal } from '../secrets/seal.ts';
import { listAppPlaces, type AppPlace } from './app-places.ts';
import type { ClientRegistration } from './client-registration.ts';
import type { ReadDecisions } from './app-decisions.ts';
import { KEPT_CHANGES } from './changes.ts';
import type { AppClient, RegisteredClient } from './clients.ts';
import { REMEMBERED_MS } from './registrations.ts';

/** An app, and its stored JSON text. */
export interface StoredApp {
  app: AppClient;
  text: string;
}

/** Changes in the same transaction as an app. */
export interface AlsoChanged {
  metadata?: ClientRegistration;
  /** JSON texts. */
  events?: readonly string[];
  decisions?: {
    /** All decisions on the app, as read. */
    seen: ReadDecisions;
    /** The decisions that change: tenant id → JSON text. */
    changed: ReadonlyMap<string, string>;
  };
}

/** Time from an app's registration to its first review: by then a user has consented, or has abandoned the flow. */
export const FIRST_REVIEW_MS = 3_600_000;

const file = (name: string) => new URL(`./${name}.lua`, import.meta.url);
const enterApp = defineScript({
  file: file('enter-app'),
  keys: [
    'clients',
    'apps',
    'metadata',
    'reviews',
    'newestAlike',
    'registration',
    'changes',
    'appsOfTenant',
    'documentApps',
    'outbox',
    'vouched',
    'vouchedByTenant',
  ],
  args: [
    'now',
    'channel',
    'maxChanges',
    'id',
    'app',
    'registered',
    'alike',
    'reviewAt',
    'rememberedMs',
    'hasTenant',
    'authorityId',
    'event',
    'isVouched',
  ],
});
const changeApp = defineScript({
  file: file('change-app'),
  keys: ['clients', 'metadata', 'changes', 'outbox', 'unwritten', 'decisions'],
  args: ['channel', 'maxChanges', 'id', 'was', 'becomes', 'newMetadata', 'digest', 'eventCount', '...rest'],
});
const removeApp = defineScript({
  file: file('remove-app'),
  keys: [
    'clients',
    'apps',
    'metadata',
    'use',
    'reviews',
    'newestAlike',
    'decisions',
    'toDelete',
    'changes',
    'documentApps',
    'outbox',
    'consented',
    'vouched',
    'vouchedByTenant',
  ],
  args: ['now', 'channel', 'maxChanges', 'id', 'was', 'alike', 'authorityId', 'event'],
});
/** Keys and arguments common to all scripts. */
const places = {
  clients: keys.clients,
  metadata: keys.appMetadata,
  changes: keys.registryChanges,
  outbox: keys.registryOutbox,
  channel: keys.registryChanged,
  maxChanges: KEPT_CHANGES,
};
/** Lists that an app is added to and removed from. */
const listPlaces = {
  apps: keys.apps,
  reviews: keys.appReviews,
  newestAlike: keys.newestAlike,
  documentApps: keys.documentApps,
  vouched: keys.vouchedApps,
};

/** Each `event` (JSON text) is recorded in the same transaction as its change. */
export class Apps {
  readonly #redis: Redis;
  readonly #seal: Seal;
  readonly #now: () => number;

  constructor(redis: Redis, seal: Seal, now = redisNow) {
    this.#redis = redis;
    this.#seal = seal;
    this.#now = now;
  }

  /** @returns undefined when there is no such client, or it is not an app */
  async read(clientId: string): Promise<StoredApp | undefined> {
    return toStored(await this.#redis.hget(keys.clients, clientId));
  }

  /** Apps that exist, in the given order; accepts their ids at the authority, too. */
  async readAll(clientIds: readonly string[]): Promise<AppClient[]> {
    if (clientIds.length === 0) return [];
    const addresses = await this.#redis.hmget(keys.documentApps, ...clientIds);
    const found = await this.#redis.hmget(keys.clients, ...clientIds.map((id, i) => addresses[i] ?? id));
    return found.flatMap((text) => toStored(text)?.app ?? []);
  }

  async readMetadata(clientId: string): Promise<ClientRegistration | undefined> {
    const sealed = await this.#redis.hget(keys.appMetadata, clientId);
    return sealed === null ? undefined : this.#seal.open<ClientRegistration>(sealed, placeOf(clientId));
  }

  /** @returns false when its registration was abandoned meanwhile; then nothing is stored */
  async enter(
    registrationId: string,
    app: AppClient,
    metadata: ClientRegistration,
    event = '',
  ): Promise<boolean> {
    const { client_id, vouched_by = '', alike = '', authority_client_id = '' } = app;
    const now = this.#now();
    const entered = await enterApp(this.#redis, {
      ...places,
      ...listPlaces,
      registration: keys.registration(registrationId),
      appsOfTenant: keys.appsOf(vouched_by),
      vouchedByTenant: keys.vouchedAppsOf(vouched_by),
      now,
      id: client_id,
      app: JSON.stringify(app),
      registered: this.#seal.seal(metadata, placeOf(client_id)),
      alike,
      reviewAt: now + FIRST_REVIEW_MS,
      rememberedMs: REMEMBERED_MS,
      hasTenant: app.vouched_by === undefined ? '' : '1',
      authorityId: authority_client_id,
      event,
      isVouched: isVouched(app) ? '1' : '',
    });
    return entered === 1;
  }

  /** @returns false when it, or a decision on it, has changed since it was read */
  async change(
    { app, text }: StoredApp,
    to: AppClient,
    { metadata, events = [], decisions }: AlsoChanged = {},
  ): Promise<boolean> {
    const { client_id } = app;
    const changed = await changeApp(this.#redis, {
      ...places,
      unwritten: keys.unwrittenApps,
      decisions: keys.appDecisions(client_id),
      id: client_id,
      was: text,
      becomes: JSON.stringify(to),
      newMetadata: metadata ? this.#seal.seal(metadata, placeOf(client_id)) : '',
      digest: decisions?.seen.digest ?? '',
      eventCount: events.length,
      rest: [...events, ...[...(decisions?.changed ?? [])].flat()],
    });
    return changed === 1;
  }

  /** @returns false when it does not exist any more */
  async remove(clientId: string, event = ''): Promise<boolean> {
    for (;;) {
      const stored = await this.read(clientId);
      if (!stored) return false;
      const removed = await removeApp(this.#redis, {
        ...places,
        ...listPlaces,
        use: keys.appUse,
        decisions: keys.appDecisions(clientId),
        toDelete: keys.clientsToDelete,
        consented: keys.consentedTo(clientId),
        vouchedByTenant: keys.vouchedAppsOf(stored.app.vouched_by ?? ''),
        now: this.#now(),
        id: clientId,
        was: stored.text,
        alike: stored.app.alike ?? '',
        authorityId: authorityIdOf(stored.app),
        event,
      });
      if (removed === 1) return true;
    }
  }

  count(): Promise<number> {
    return this.#redis.zcard(keys.apps);
  }

  /** Client ids of apps whose change has not been written to the authority yet. */
  listUnwritten(): Promise<string[]> {
    return this.#redis.smembers(keys.unwrittenApps);
  }

  async removeUnwritten(clientId: string): Promise<void> {
    await this.#redis.srem(keys.unwrittenApps, clientId);
  }

  /** Apps due for review until then (ms since 1970), longest overdue first. */
  listReviews(until: number, limit: number): Promise<string[]> {
    return this.#redis.zrangebyscore(keys.appReviews, '-inf', until, 'LIMIT', 0, limit);
  }

  /** Schedules the next review, ms since 1970; does nothing for a removed app. */
  async reviewAgain(clientId: string, at: number): Promise<void> {
    await this.#redis.zadd(keys.appReviews, 'XX', at, clientId);
  }

  async removeReviews(clientIds: readonly string[]): Promise<void> {
    await this.#redis.zrem(keys.appReviews, ...clientIds);
  }

  /** The newest app for each `alike` hash. */
  async newestAlike(hashes: readonly string[]): Promise<(string | null)[]> {
    return hashes.length === 0 ? [] : this.#redis.hmget(keys.newestAlike, ...hashes);
  }

  /** Newest first. @param after last position of the previous page */
  listPlaces(limit: number, after?: AppPlace): Promise<AppPlace[]> {
    return listAppPlaces(this.#redis, keys.apps, limit, after);
  }
}

const placeOf = (clientId: string) => `app:${clientId}:metadata`;

/** Whether it was vouched for at registration: by a tenant, the operator, or the issuer of a software statement. */
const isVouched = ({ vouched_by, statement_issuer, status_on }: AppClient): boolean =>
  (vouched_by ?? statement_issuer ?? status_on) !== undefined;

/** Its id at the Management API, which differs for apps registered by a metadata document. */
export const authorityIdOf = ({ client_id, authority_client_id }: AppClient): string =>
  authority_client_id ?? client_id;

/** Seconds since 1970 (RFC 7591 section 3.2.1). */
export const issuedAtOf = ({ created_at }: AppClient): number => Math.floor(Date.parse(created_at) / 1000);

/** Id of any client at the authority. */
export const idAtAuthority = (client: RegisteredClient): string =>
  client.kind === 'app' ? authorityIdOf(client) : client.client_id;

function toStored(text: string | null): StoredApp | undefined {
  const client = parseStored<RegisteredClient>(text);
  return text !== null && client?.kind === 'app' ? { app: client, text } : undefined;
}
