/** Access tokens that the authority signs for callers that never signed in. */
import type { ControlClient } from '../../src/stand-in/control/control-client.ts';
import type { Deployment } from '../../src/start/deployment.ts';

const LIFETIME_SECONDS = 36_000;
const AT_ONCE = 16;

export interface Caller {
  tenantId: string;
  clientId: string;
  scopes: readonly string[];
}

/** @returns values of `Authorization`, one for each caller; no two are the same */
export async function signTokens(
  control: ControlClient,
  { authority, audience }: Pick<Deployment, 'authority' | 'audience'>,
  callers: readonly Caller[],
): Promise<string[]> {
  const iat = Math.floor(Date.now() / 1000);
  const sign = ({ tenantId, clientId, scopes }: Caller, index: number) =>
    control.signToken(
      {},
      {
        iss: authority,
        aud: audience,
        azp: clientId,
        sub: `${clientId}@clients`,
        jti: `bench-${index}`,
        iat,
        exp: iat + LIFETIME_SECONDS,
        scope: scopes.join(' '),
        gty: 'client-credentials',
        [`${audience}/tenant_id`]: tenantId,
      },
    );
  const tokens: string[] = [];
  for (let first = 0; first < callers.length; first += AT_ONCE) {
    const some = callers.slice(first, first + AT_ONCE);
    tokens.push(...(await Promise.all(some.map((caller, i) => sign(caller, first + i)))));
  }
  return tokens.map((token) => `Bearer ${token}`);
}
