/**
 * Third-party apps as the registry keeps them, whichever door they came by. An app that is removed here is refused at once; its client
 * at the authority goes later. What it registered may name people (`contacts`), so it lies sealed.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { defineScript } from '../redis/scripts.ts';
import type { Seal } from '../secrets/seal.ts';
import type { ClientRegistration } from './client-registration.ts';
import type { ReadDecisions } from './app-decisions.ts';
import { KEPT_CHANGES } from './changes.ts';
import type { AppClient, RegisteredClient } from './clients.ts';
import { REMEMBERED_MS } from './registrations.ts';

/** An app, and the text that it is stored as. */
export interface StoredApp {
  app: AppClient;
  text: string;
}

/** Each `event`, as text, tells of a change in the same transaction. */
export interface Apps {
  /** @returns undefined when there is no such client, or it is no app */
  read(clientId: string): Promise<StoredApp | undefined>;
  /** Those that are there, in this order; also by their ids at the authority. */
  readAll(clientIds: readonly string[]): Promise<AppClient[]>;
  readMetadata(clientId: string): Promise<ClientRegistration | undefined>;
  /** @returns false when its registration was given up meanwhile: then nothing is entered */
  enter(
    registrationId: string,
    app: AppClient,
    metadata: ClientRegistration,
    event?: string,
  ): Promise<boolean>;
  /** @returns false when it is not any more as it was read, or decisions on it are not */
  change(from: StoredApp, to: AppClient, also?: AlsoChanged): Promise<boolean>;
  /** @returns false when it is gone already */
  remove(clientId: string, event?: string): Promise<boolean>;
  count(): Promise<number>;
  /** Client ids of those whose change is still to be written at the authority. */
  listUnwritten(): Promise<string[]>;
  removeUnwritten(clientId: string): Promise<void>;
  /** Those that are to be looked at by then, ms since 1970, the longest waiting first. */
  listReviews(until: number, limit: number): Promise<string[]>;
  /** One that is gone is not reviewed. */
  reviewAgain(clientId: string, at: number): Promise<void>;
  removeReviews(clientIds: readonly string[]): Promise<void>;
  /** For each hash of what is alike: the newest app. */
  newestAlike(hashes: readonly string[]): Promise<(string | null)[]>;
  /** Newest first. @param after where to go on */
  listPlaces(limit: number, after?: AppPlace): Promise<AppPlace[]>;
}

/** What changes in one transaction with an app. */
export interface AlsoChanged {
  metadata?: ClientRegistration;
  /** As text. */
  events?: readonly string[];
  decisions?: {
    /** All decisions on the app, as they were read. */
    seen: ReadDecisions;
    /** Of those, the ones that change: by tenant, as text. */
    changed: ReadonlyMap<string, string>;
  };
}

/** Where an app stands in the list of all: times are ms since 1970. */
export interface AppPlace {
  registeredAt: number;
  clientId: string;
}

/** An app is looked at so long after its registration: by then its user has consented, or has gone away. */
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
    'leaving',
    'changes',
    'documentApps',
    'outbox',
    'consented',
    'vouched',
    'vouchedByTenant',
  ],
  args: ['now', 'channel', 'maxChanges', 'id', 'was', 'alike', 'authorityId', 'event'],
});
/** What each change of an app is written to, besides. */
const places = {
  clients: keys.clients,
  metadata: keys.appMetadata,
  changes: keys.registryChanges,
  outbox: keys.registryOutbox,
  channel: keys.registryChanged,
  maxChanges: KEPT_CHANGES,
};
/** What an app is entered in, and goes from, besides. */
const listPlaces = {
  apps: keys.apps,
  reviews: keys.appReviews,
  newestAlike: keys.newestAlike,
  documentApps: keys.documentApps,
  vouched: keys.vouchedApps,
};

export function createApps(redis: Redis, seal: Seal, now: () => number = redisNow): Apps {
  const place = (clientId: string) => `app:${clientId}:metadata`;

  return {
    read: async (clientId) => toStored(await redis.hget(keys.clients, clientId)),

    async readAll(clientIds) {
      if (clientIds.length === 0) return [];
      const addresses = await redis.hmget(keys.documentApps, ...clientIds);
      const found = await redis.hmget(keys.clients, ...clientIds.map((id, i) => addresses[i] ?? id));
      return found.flatMap((text) => toStored(text)?.app ?? []);
    },

    async readMetadata(clientId) {
      const sealed = await redis.hget(keys.appMetadata, clientId);
      return sealed === null ? undefined : seal.open<ClientRegistration>(sealed, place(clientId));
    },

    async enter(registrationId, app, metadata, event = '') {
      const { client_id, vouched_by = '', alike = '', authority_client_id = '' } = app;
      const entered = await enterApp(redis, {
        ...places,
        ...listPlaces,
        registration: keys.registration(registrationId),
        appsOfTenant: keys.appsOf(vouched_by),
        vouchedByTenant: keys.vouchedAppsOf(vouched_by),
        now: now(),
        id: client_id,
        app: JSON.stringify(app),
        registered: seal.seal(metadata, place(client_id)),
        alike,
        reviewAt: now() + FIRST_REVIEW_MS,
        rememberedMs: REMEMBERED_MS,
        hasTenant: app.vouched_by === undefined ? '' : '1',
        authorityId: authority_client_id,
        event,
        isVouched: hasSomebody(app) ? '1' : '',
      });
      return entered === 1;
    },

    async change({ app, text }, to, { metadata, events = [], decisions } = {}) {
      const { client_id } = app;
      const changed = await changeApp(redis, {
        ...places,
        unwritten: keys.unwrittenApps,
        decisions: keys.appDecisions(client_id),
        id: client_id,
        was: text,
        becomes: JSON.stringify(to),
        newMetadata: metadata ? seal.seal(metadata, place(client_id)) : '',
        digest: decisions?.seen.digest ?? '',
        eventCount: events.length,
        rest: [...events, ...[...(decisions?.changed ?? [])].flat()],
      });
      return changed === 1;
    },

    async remove(clientId, event = '') {
      for (;;) {
        const stored = toStored(await redis.hget(keys.clients, clientId));
        if (!stored) return false;
        const removed = await removeApp(redis, {
          ...places,
          ...listPlaces,
          use: keys.appUse,
          decisions: keys.appDecisions(clientId),
          leaving: keys.leavingClients,
          consented: keys.consentedTo(clientId),
          vouchedByTenant: keys.vouchedAppsOf(stored.app.vouched_by ?? ''),
          now: now(),
          id: clientId,
          was: stored.text,
          alike: stored.app.alike ?? '',
          authorityId: authorityIdOf(stored.app),
          event,
        });
        if (removed === 1) return true;
      }
    },

    count: () => redis.zcard(keys.apps),
    listUnwritten: () => redis.smembers(keys.unwrittenApps),
    removeUnwritten: async (clientId) => void (await redis.srem(keys.unwrittenApps, clientId)),
    listReviews: (until, limit) => redis.zrangebyscore(keys.appReviews, '-inf', until, 'LIMIT', 0, limit),
    reviewAgain: async (clientId, at) => void (await redis.zadd(keys.appReviews, 'XX', at, clientId)),
    removeReviews: async (clientIds) => void (await redis.zrem(keys.appReviews, ...clientIds)),
    newestAlike: async (hashes) => (hashes.length === 0 ? [] : redis.hmget(keys.newestAlike, ...hashes)),

    async listPlaces(limit, after) {
      const rank = after === undefined ? -1 : await redis.zrevrank(keys.apps, after.clientId);
      // One that went meanwhile: from where it stood.
      const found =
        rank === null
          ? await redis.zrevrangebyscore(
              ...([keys.apps, `(${after!.registeredAt}`, '-inf', 'WITHSCORES', 'LIMIT', 0, limit] as const),
            )
          : await redis.zrevrange(keys.apps, rank + 1, rank + limit, 'WITHSCORES');
      const places: AppPlace[] = [];
      for (let i = 0; i < found.length; i += 2)
        places.push({ clientId: found[i]!, registeredAt: Number(found[i + 1]) });
      return places;
    },
  };
}

/** Whether somebody vouched for it when it registered: a tenant, the operator, or the issuer of a software statement. */
const hasSomebody = ({ vouched_by, statement_issuer, status_on }: AppClient): boolean =>
  (vouched_by ?? statement_issuer ?? status_on) !== undefined;

/** Its id at the Management API: who came by a metadata document goes by another one here. */
export const authorityIdOf = ({ client_id, authority_client_id }: AppClient): string =>
  authority_client_id ?? client_id;

/** Of any client. */
export const idAtAuthority = (client: RegisteredClient): string =>
  client.kind === 'app' ? authorityIdOf(client) : client.client_id;

function toStored(text: string | null): StoredApp | undefined {
  if (text === null) return undefined;
  const client = JSON.parse(text) as RegisteredClient;
  return client.kind === 'app' ? { app: client, text } : undefined;
}
