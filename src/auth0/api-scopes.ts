/**
 * Scopes that an API has at the authority. Auth0 accepts client grants with scopes that the API lacks (recorded), and
 * then omits them from every token; so scopes are compared here before a grant is created.
 */
import { ManagementFailure } from './errors.ts';
import type { ApiScopes, ManagementTransport } from './management-transport.ts';

interface Known {
  scopes: ReadonlySet<string> | undefined;
  at: number;
}

const REMEMBERED_MS = 60_000;

/**
 * @param onHidden called at most once a minute when the workers' client may not read the API, so that nothing is
 * compared
 */
export function createApiScopes(onHidden: (failure: ManagementFailure) => void = () => undefined): ApiScopes {
  const known = new Map<string, Known>();

  async function fetch(read: ManagementTransport['read'], audience: string): Promise<Known['scopes']> {
    const scopes = await read(async (sdk) => (await sdk.resourceServers.get(audience)).scopes ?? []).catch(
      (error: unknown) => {
        // Without such an API, creating the grant itself fails.
        if (!(error instanceof ManagementFailure) || !HIDDEN.has(error.kind)) throw error;
        if (error.kind !== 'not_found') onHidden(error);
        return undefined;
      },
    );
    const found = scopes && new Set(scopes.map(({ value }) => value));
    known.set(audience, { scopes: found, at: Date.now() });
    return found;
  }

  async function of(read: ManagementTransport['read'], audience: string): Promise<Known['scopes']> {
    const held = known.get(audience);
    return held && Date.now() - held.at < REMEMBERED_MS ? held.scopes : fetch(read, audience);
  }

  return {
    of,
    async check(read, audience, scopes) {
      const lackingIn = (there: Known['scopes']) => scopes.filter((scope) => there?.has(scope) === false);
      if (lackingIn(await of(read, audience)).length === 0) return;
      // They may have been added since the last read.
      const missingScopes = lackingIn(await fetch(read, audience));
      if (missingScopes.length > 0)
        throw new ManagementFailure('refused', { ...UNKNOWN_SCOPE, missingScopes });
    },
  };
}

const HIDDEN = new Set<ManagementFailure['kind']>(['refused', 'not_in_plan', 'not_found']);

const UNKNOWN_SCOPE = { status: 400, errorCode: 'unknown_scope', endpoint: 'POST /api/v2/client-grants' };
