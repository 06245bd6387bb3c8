/**
 * Which scopes an API has at the authority. Auth0 takes client grants with scopes that it does not have (recorded), and then leaves them
 * out of every token; so they are compared here before a grant is made.
 */
import { ManagementFailure } from './errors.ts';
import type { ApiScopes, ManagementTransport } from './management-transport.ts';

interface Known {
  scopes: ReadonlySet<string> | undefined;
  at: number;
}

const REMEMBERED_MS = 60_000;

/** @param onHidden told, once a minute at most, that the workers' client may not look, so that nothing is compared */
export function createApiScopes(onHidden: (failure: ManagementFailure) => void = () => undefined): ApiScopes {
  const known = new Map<string, Known>();

  async function fetch(read: ManagementTransport['read'], audience: string): Promise<Known['scopes']> {
    const scopes = await read(async (sdk) => (await sdk.resourceServers.get(audience)).scopes ?? []).catch(
      (error: unknown) => {
        // Without such an API the grant itself is refused.
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
      // Somebody may have added them a moment ago.
      const missingScopes = lackingIn(await fetch(read, audience));
      if (missingScopes.length > 0)
        throw new ManagementFailure('refused', { ...UNKNOWN_SCOPE, missingScopes });
    },
  };
}

const HIDDEN = new Set<ManagementFailure['kind']>(['refused', 'not_in_plan', 'not_found']);

const UNKNOWN_SCOPE = { status: 400, errorCode: 'unknown_scope', endpoint: 'POST /api/v2/client-grants' };
