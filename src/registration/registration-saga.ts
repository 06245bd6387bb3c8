/**
 * Registration as a saga, for every kind of registration. Its steps, who executes each, and how it is compensated:
 *
 * 1. `begin` (API): reserves a place, and one use of the initial access token. Compensated by abandoning, which returns the use, and by
 *    closing the registration, which frees the place.
 * 2. `enter` (worker): creates the client and its grant at Auth0. Compensated by deleting the client: by the worker itself if it was
 *    not entered, else by the process that removes its entry; after a crash, the client is found by the registration's id in its metadata.
 * 3. `enter` (worker): creates the entry in the registry. Compensated by removing it.
 * 4. `confirm` (API): right before its caller gets the answer. From then on the registration is final.
 *
 * `abandoned` and `confirmed` exclude each other, and so do `abandoned` and `entered`: Redis decides which came first, and the loser acts
 * accordingly. So no caller is told of an app that is removed, and no app stays of which no caller was told. `complete` compensates a
 * registration that failed; if its process dies, or Redis is unreachable, the upkeep does, through `undoLate`.
 */
import { systemEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import type { Apps } from '../registry/apps.ts';
import type { ClientRegistration } from '../registry/client-registration.ts';
import type { AppClient } from '../registry/clients.ts';
import { newRegistrationId, type Places, type Registrations } from '../registry/registrations.ts';

/** How a kind of registration completes. */
export interface Completion<Made> {
  /** The relay job of steps 2 and 3. @returns undefined on timeout; the job continues then */
  make: () => Promise<Made | undefined>;
  /** Whether a job that ended with this error may have left something at Auth0; undefined: a job that continues. */
  mayRemain: (error: unknown) => boolean;
  /** Its entry was removed; deletes its client at Auth0. */
  onRemoved?: (clientId: string) => Promise<void>;
  /** Whether its caller, when told that nothing happened, relies on the token's use being returned. */
  usesToken: boolean;
}

/** What `enter` does at Auth0. */
export interface AtAuthority<Client> {
  create: () => Promise<Client>;
  /** @returns the entry */
  finish: (client: Client) => Promise<AppClient>;
  remove: (client: Client) => Promise<unknown>;
}

export class RegistrationSaga {
  readonly #store: Registrations;
  readonly #apps: Pick<Apps, 'enter' | 'remove'>;

  constructor(store: Registrations, apps: Pick<Apps, 'enter' | 'remove'>) {
    this.#store = store;
    this.#apps = apps;
  }

  /**
   * @param by the credential that it comes with
   * @returns the registration's id
   * @throws Problem `app_limit_reached`, `invalid_token`
   */
  async begin(by: Parameters<typeof newRegistrationId>[0], places: Places): Promise<string> {
    const id = newRegistrationId(by);
    const reserved = await this.#store.reserve(id, places);
    if (reserved === 'reserved') return id;
    if (reserved === 'token used up')
      throw new Problem('invalid_token', { internal: 'its initial access token is used up' });
    throw new Problem('app_limit_reached', { headers: { 'Retry-After': '3600' } });
  }

  /**
   * Runs the registration from the reservation to the answer.
   * @returns what was created and confirmed
   * @throws Problem as `make` does; `upstream_unavailable` when it did not finish in time; `outcome_unknown` when it could not be abandoned
   * either
   */
  async complete<Made>(id: string, completion: Completion<Made>): Promise<Made> {
    const { make, mayRemain, usesToken } = completion;
    let made: Made | undefined;
    try {
      made = await make();
    } catch (error) {
      const isGivenUp = await this.#giveUp(id, mayRemain(error), completion).then(
        () => true,
        () => false,
      );
      // Otherwise the upkeep does it, and until then the token has one use less.
      throw isGivenUp || !usesToken ? error : new Problem('outcome_unknown', { cause: error });
    }
    if (made !== undefined && (await this.#store.confirm(id))) return made;
    await this.#giveUp(id, mayRemain(undefined), completion);
    throw new Problem('upstream_unavailable', { headers: { 'Retry-After': '10' } });
  }

  /** Creates client, grant and entry, or none of them. @throws Problem `upstream_unavailable`: the registration was abandoned */
  async enter<Client>(
    id: string,
    metadata: ClientRegistration,
    { create, finish, remove }: AtAuthority<Client>,
  ): Promise<{ app: AppClient; client: Client }> {
    if (await this.#store.isAbandoned(id)) return this.#endUnwanted(id);
    const client = await create();
    let app: AppClient;
    let isEntered: boolean;
    try {
      app = await finish(client);
      isEntered = await this.#apps.enter(id, app, metadata);
    } catch (error) {
      await remove(client);
      throw error;
    }
    if (isEntered) return { app, client };
    await remove(client);
    return this.#endUnwanted(id);
  }

  /**
   * Abandons registrations that were never finished: the caller has disconnected, or the process died.
   * @param begunBefore ms since 1970
   * @param deleteClients deletes clients with these registration ids at Auth0
   */
  async undoLate(
    begunBefore: number,
    deleteClients: (ids: ReadonlySet<string>) => Promise<void>,
  ): Promise<void> {
    const ids = new Set(await this.#store.olderThan(begunBefore));
    if (ids.size === 0) return;
    for (const id of ids) {
      const clientId = await this.#store.abandon(id);
      if (clientId !== undefined)
        await this.#apps.remove(clientId, systemEvent('app.registration_undone', undefined, clientId));
    }
    await deleteClients(ids);
    for (const id of ids) await this.#store.close(id);
  }

  async #giveUp(
    id: string,
    mayRemain: boolean,
    { onRemoved }: Pick<Completion<unknown>, 'onRemoved'>,
  ): Promise<void> {
    const clientId = await this.#store.abandon(id);
    // This puts its client on the list of clients to delete.
    if (clientId !== undefined) await this.#apps.remove(clientId);
    if (!mayRemain || clientId !== undefined) await this.#store.close(id);
    if (clientId !== undefined) await onRemoved?.(clientId);
  }

  /** The caller has got another answer already. */
  async #endUnwanted(id: string): Promise<never> {
    await this.#store.close(id);
    throw new Problem('upstream_unavailable');
  }
}
