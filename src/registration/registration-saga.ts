/**
 * A registration is one saga, whichever door the app comes by. Its steps, who takes each, and what undoes it:
 *
 * 1. `begin` (API): takes a place, and one use of the initial access token. Undone by giving up, which gives back the use, and by
 *    closing the registration, which frees the place.
 * 2. `enter` (worker): makes the client and its grant at the authority. Undone by deleting the client: by the worker itself when it
 *    is not entered, else by whoever removes its entry; after a crash the client is found by the registration's id in its metadata.
 * 3. `enter` (worker): the entry in the registry. Undone by removing it.
 * 4. `confirm` (API): right before its caller is told. From then on nothing undoes it.
 *
 * `abandoned` and `confirmed` exclude each other, and so do `abandoned` and `entered`: Redis decides who was first, and the other one
 * keeps to it. So no caller is told of an app that goes, and no app stays that no caller was told of. `complete` undoes what did not
 * succeed; where its process dies, or Redis is away, the upkeep does, by `undoLate`.
 */
import { systemEvent } from '../events/event.ts';
import { Problem } from '../problem.ts';
import type { Apps } from '../registry/apps.ts';
import type { ClientRegistration } from '../registry/client-registration.ts';
import type { AppClient } from '../registry/clients.ts';
import { newRegistrationId, type Places, type Registrations } from '../registry/registrations.ts';

/** What comes of a registration, as its door sees it. */
export interface Completion<Made> {
  /** The relay job of steps 2 and 3. @returns undefined when it takes too long; it goes on then */
  make: () => Promise<Made | undefined>;
  /** Whether a job that ended with this error may have left something at the authority; with undefined: one that goes on. */
  mayRemain: (error: unknown) => boolean;
  /** Its entry is gone; its client at the authority is to go, too. */
  onRemoved?: (clientId: string) => Promise<void>;
  /** A caller that learns that nothing happened counts on having that use of its token again. */
  usesToken: boolean;
}

/** What `enter` does at the authority. */
export interface AtAuthority<Client> {
  create: () => Promise<Client>;
  /** @returns its entry */
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
   * @param by what it comes with
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
   * From the place to the answer.
   * @returns what was made; its caller is told
   * @throws Problem as `make` does; `upstream_unavailable` when nothing came of it in time; `outcome_unknown` when not even that could be
   * settled
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
      // Else the upkeep does it, and until then its token has one use less.
      throw isGivenUp || !usesToken ? error : new Problem('outcome_unknown', { cause: error });
    }
    if (made !== undefined && (await this.#store.confirm(id))) return made;
    await this.#giveUp(id, mayRemain(undefined), completion);
    throw new Problem('upstream_unavailable', { headers: { 'Retry-After': '10' } });
  }

  /** A client, its grant and its entry, or none of them. @throws Problem `upstream_unavailable`: nobody waits for it any more */
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
   * Those that nobody brought to an end: whoever asked has gone, or its process has.
   * @param begunBefore ms since 1970
   * @param deleteClients deletes what carries these ids at the authority
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
    // From then on its client stands among those that are to be deleted.
    if (clientId !== undefined) await this.#apps.remove(clientId);
    if (!mayRemain || clientId !== undefined) await this.#store.close(id);
    if (clientId !== undefined) await onRemoved?.(clientId);
  }

  /** The caller has had another answer already. */
  async #endUnwanted(id: string): Promise<never> {
    await this.#store.close(id);
    throw new Problem('upstream_unavailable');
  }
}
