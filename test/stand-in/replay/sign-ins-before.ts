import { createHash } from 'node:crypto';
import type { StandIn } from '../../../src/stand-in/stand-in.ts';
import { CONNECTION } from '../account.ts';
import { isObject } from './compare.ts';
import type { Interaction } from './recordings.ts';

const LIFETIME_SECONDS = 3_600;
const GRANT = 'a-grant-of-a-sign-in';
const WHOLE_SCOPE = 'openid profile email offline_access';
const USER = 'auth0|somebody-who-signed-in';

/** Codes and refresh tokens that were taken come of sign-ins before the recording began. */
export function plantSignIns(standIn: StandIn, interactions: readonly Interaction[]): void {
  for (const { path, request, status, response } of interactions) {
    if (path !== '/oauth/token' || typeof request !== 'string' || status !== 200) continue;
    const form = new URLSearchParams(withVerifier(request));
    const [code, refreshToken, client] = ['code', 'refresh_token', 'client_id'].map((name) => form.get(name));
    const id = code ?? refreshToken;
    if (!id || !client) continue;
    const scope = isObject(response) && typeof response['scope'] === 'string' ? response['scope'] : '';
    plantUser(standIn);
    plantGrant(standIn, client, scope);
    const verifier = form.get('code_verifier');
    plantArtifact(standIn, code ? 'AuthorizationCode' : 'RefreshToken', id, {
      clientId: client,
      redirectUri: form.get('redirect_uri') ?? 'http://localhost:3000',
      // Of the whole sign-in: a request may ask for less.
      scope: refreshToken ? WHOLE_SCOPE : scope,
      ...(verifier !== null && {
        codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
        codeChallengeMethod: 'S256',
      }),
    });
  }
}

/** Recorded ones were replaced by texts that are too short for any. */
export function withVerifier(text: string): string {
  return text.replace(
    /code_verifier=([\w-]{1,42})(?=&|$)/,
    (_all, short: string) => `code_verifier=${short.padEnd(43, '-')}`,
  );
}

function plantUser({ store }: StandIn): void {
  const at = new Date().toISOString();
  store.users.put({
    connection: CONNECTION,
    profile: { user_id: USER, created_at: at, updated_at: at, identities: [] },
  });
}

function plantGrant(standIn: StandIn, clientId: string, scope: string): void {
  plantArtifact(standIn, 'Grant', GRANT, {
    clientId,
    openid: { scope: scope === '' ? '' : WHOLE_SCOPE },
  });
}

function plantArtifact(
  { store }: StandIn,
  model: string,
  id: string,
  payload: Record<string, unknown>,
): void {
  const iat = Math.floor(Date.now() / 1000);
  store.artifacts.put({
    model,
    id,
    payload: {
      kind: model,
      jti: id,
      iat,
      exp: iat + LIFETIME_SECONDS,
      accountId: USER,
      authTime: iat,
      ...(model !== 'Grant' && { grantId: GRANT, gty: 'authorization_code', claims: {} }),
      ...payload,
    },
  });
}
