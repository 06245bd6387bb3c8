/**
 * Scopes that an API has at the authority. Auth0 accepts client grants with scopes that the API lacks (recorded), and
 * then omits them from every token until it has them.
 */
import { ManagementFailure } from './errors.ts';
import type { ManagementTransport } from './management-transport.ts';

/** undefined: the workers' client may not read the API, or there is no such API. */
export type ScopesOfApi = ReadonlySet<string> | undefined;

/** Keeps readings, so that not each grant costs one. */
export interface ApiScopesMemory {
  /** The last reading, unless it is too old to grant by. */
  recent(audience: string): Promise<{ scopes: ScopesOfApi } | undefined>;
  /** @param began `now()` before the call */
  keep(audience: string, scopes: ScopesOfApi, began: number): Promise<void>;
  now(): number;
}

export interface ApiScopesCalls {
  /** Scopes of that API, as somebody has read them lately. */
  apiScopes(audience: string): Promise<ScopesOfApi>;
  /** The same, read now. */
  readApiScopes(audience: string): Promise<ScopesOfApi>;
  /** Those of these scopes that the API lacks; where it seems to lack any, it is read now. None where nothing is known. */
  missingScopes(audience: string, scopes: readonly string[]): Promise<string[]>;
}

/** @param onHidden called after each reading that the workers' client is not allowed */
export function apiScopesCalls(
  { read }: Pick<ManagementTransport, 'read'>,
  memory: ApiScopesMemory,
  onHidden: (failure: ManagementFailure) => void = () => undefined,
): ApiScopesCalls {
  async function readApiScopes(audience: string): Promise<ScopesOfApi> {
    const began = memory.now();
    const scopes = await read(async (sdk) => (await sdk.resourceServers.get(audience)).scopes ?? []).catch(
      (error: unknown) => {
        // Without such an API, creating the grant itself fails.
        if (!(error instanceof ManagementFailure) || !HIDDEN.has(error.kind)) throw error;
        if (error.kind !== 'not_found') onHidden(error);
        return undefined;
      },
    );
    const found = scopes && new Set(scopes.map(({ value }) => value));
    await memory.keep(audience, found, began);
    return found;
  }

  async function apiScopes(audience: string): Promise<ScopesOfApi> {
    const recent = await memory.recent(audience);
    return recent ? recent.scopes : readApiScopes(audience);
  }

  return {
    apiScopes,
    readApiScopes,
    async missingScopes(audience, scopes) {
      const lackingIn = (there: ScopesOfApi) => scopes.filter((scope) => there?.has(scope) === false);
      if (lackingIn(await apiScopes(audience)).length === 0) return [];
      // They may have been added since.
      return lackingIn(await readApiScopes(audience));
    },
  };
}

const HIDDEN = new Set<ManagementFailure['kind']>(['refused', 'not_in_plan', 'not_found']);

/** Remembers nothing. */
export const noApiScopesMemory: ApiScopesMemory = {
  recent: () => Promise.resolve(undefined),
  keep: () => Promise.resolve(),
  now: () => 0,
};
