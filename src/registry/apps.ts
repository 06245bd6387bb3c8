/**
 * Third-party apps as the registry keeps them, whichever door they came by. An app that is removed here is refused at once; its client
 * at the authority goes later. What it registered may name people (`contacts`), so it lies sealed.
 */
import type { Redis } from 'ioredis';
import { redisNow } from '../redis/clock.ts';
import { keys } from '../redis/keys.ts';
import { loadScript } from '../redis/scripts.ts';
import type { Seal } from '../secrets/seal.ts';
import type { AppMetadata } from './app-metadata.ts';
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
  readMetadata(clientId: string): Promise<AppMetadata | undefined>;
  /** @returns false when its registration was given up meanwhile: then nothing is entered */
  enter(registrationId: string, app: AppClient, metadata: AppMetadata, event?: string): Promise<boolean>;
  /** @returns false when it is not any more as it was read, or decisions on it are not */
  change(from: StoredApp, to: AppClient, also?: AlsoChanged): Promise<boolean>;
  /** @returns false when it is gone already */
  remove(clientId: string, event?: string): Promise<boolean>;
  count(): Promise<number>;
  /** Newest first. @param after where to go on */
  listPlaces(limit: number, after?: AppPlace): Promise<AppPlace[]>;
}

/** What changes in one transaction with an app. */
export interface AlsoChanged {
  metadata?: AppMetadata;
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

const script = (name: string) => loadScript(new URL(`./${name}.lua`, import.meta.url));
const scripts = { enter: script('enter-app'), change: script('change-app'), remove: script('remove-app') };

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
      return sealed === null ? undefined : seal.open<AppMetadata>(sealed, place(clientId));
    },

    async enter(registrationId, app, metadata, event = '') {
      const { clients, apps, appMetadata, appReviews, newestAlike, registryChanges } = keys;
      const registration = keys.registration(registrationId);
      const vouched = keys.appsOf(app.vouched_by ?? '');
      const entered = await scripts.enter.run(
        redis,
        [
          ...[clients, apps, appMetadata, appReviews, newestAlike, registration, registryChanges, vouched],
          ...[keys.documentApps, keys.registryOutbox, keys.vouchedApps],
          keys.vouchedAppsOf(app.vouched_by ?? ''),
        ],
        [
          ...[now(), keys.registryChanged, KEPT_CHANGES, app.client_id, JSON.stringify(app)],
          ...[seal.seal(metadata, place(app.client_id)), app.alike ?? '', now() + FIRST_REVIEW_MS],
          ...[REMEMBERED_MS, app.vouched_by === undefined ? '' : '1', app.authority_client_id ?? ''],
          ...[event, hasSomebody(app) ? '1' : ''],
        ],
      );
      return entered === 1;
    },

    async change({ app, text }, to, { metadata, events = [], decisions } = {}) {
      const { client_id } = app;
      const sealed = metadata ? seal.seal(metadata, place(client_id)) : '';
      const changed = await scripts.change.run(
        redis,
        [
          ...[keys.clients, keys.appMetadata, keys.registryChanges, keys.registryOutbox, keys.unwrittenApps],
          keys.appDecisions(client_id),
        ],
        [
          ...[keys.registryChanged, KEPT_CHANGES, client_id, text, JSON.stringify(to), sealed],
          ...[decisions?.seen.digest ?? '', events.length, ...events],
          ...[...(decisions?.changed ?? [])].flat(),
        ],
      );
      return changed === 1;
    },

    async remove(clientId, event = '') {
      const { clients, apps, appMetadata, appUse, appReviews, newestAlike, leavingClients } = keys;
      for (;;) {
        const stored = toStored(await redis.hget(clients, clientId));
        if (!stored) return false;
        const removed = await scripts.remove.run(
          redis,
          [
            ...[clients, apps, appMetadata, appUse, appReviews, newestAlike, keys.appDecisions(clientId)],
            ...[leavingClients, keys.registryChanges, keys.documentApps, keys.registryOutbox],
            ...[keys.consentedTo(clientId), keys.vouchedApps],
            keys.vouchedAppsOf(stored.app.vouched_by ?? ''),
          ],
          [
            ...[now(), keys.registryChanged, KEPT_CHANGES, clientId, stored.text, stored.app.alike ?? ''],
            ...[authorityIdOf(stored.app), event],
          ],
        );
        if (removed === 1) return true;
      }
    },

    count: () => redis.zcard(keys.apps),

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
