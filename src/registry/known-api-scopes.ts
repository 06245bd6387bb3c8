/** The scopes that this API has at the authority, as this process knows them: defaults contain no others. */
import type { ApiScopesState, ApiScopesStore } from './api-scopes.ts';

export interface KnownApiScopes {
  /** Those of these scopes that the API has; all of them while that is unknown. */
  existing(scopes: readonly string[]): string[];
  /** Those that it lacks; undefined while that is unknown. */
  missing(scopes: readonly string[]): string[] | undefined;
  /** Reads what is stored; done every other second, too. */
  refresh(): Promise<ApiScopesState>;
  close(): void;
}

/** One small key for each process. Only defaults follow from it, which may be as old as this. */
const REFRESH_MS = 2_000;

/** @param onRefresh called after each refresh, the first one included */
export async function followApiScopes(
  store: Pick<ApiScopesStore, 'read'>,
  onRefresh: (known: KnownApiScopes, state: ApiScopesState) => unknown = () => undefined,
): Promise<KnownApiScopes> {
  let state = await store.read();
  const known: KnownApiScopes = {
    existing: (scopes) => scopes.filter((scope) => state.scopes?.has(scope) !== false),
    missing: (scopes) => state.scopes && scopes.filter((scope) => state.scopes?.has(scope) === false),
    async refresh() {
      state = await store.read();
      await onRefresh(known, state);
      return state;
    },
    close: () => clearInterval(timer),
  };
  let isRefreshing = false;
  const timer = setInterval(() => {
    // A worker's connection keeps commands until Redis is back.
    if (isRefreshing) return;
    isRefreshing = true;
    // What was known stays; that Redis is away is logged by what watches it.
    const ignore = () => undefined;
    void known
      .refresh()
      .catch(ignore)
      .finally(() => (isRefreshing = false));
  }, REFRESH_MS).unref();
  await onRefresh(known, state);
  return known;
}
