import { createHash } from 'node:crypto';
import type { Artifact } from '../../store/records.ts';
import { artifactKey, isExpired } from '../../store/store.ts';
import { audienceOf } from '../../authentication/resource-names.ts';
import { withoutSignInScope } from '../../authentication/grantable-scopes.ts';
import type { Call } from '../endpoint.ts';

/** Sessions and refresh tokens of a user, as stored by oidc-provider. */
export function signInsOf(
  { store, now }: Call,
  userId: string,
  model: 'Session' | 'RefreshToken',
): Artifact[] {
  return [...store.artifacts.by('account', userId)].filter(
    (artifact) =>
      artifact.model === model && artifact.payload['consumed'] === undefined && !isExpired(artifact, now()),
  );
}

export function endSignIns(call: Call, userId: string, model: 'Session' | 'RefreshToken'): void {
  for (const artifact of signInsOf(call, userId, model)) call.store.artifacts.delete(artifactKey(artifact));
}

/** The internal id is the token itself, or the cookie's value: neither may be shown. */
export function publicId({ id }: Artifact): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 32);
}

export function sessionView(artifact: Artifact): object {
  const { payload } = artifact;
  const at = date(payload['loginTs'] ?? payload['iat']);
  const authorizations = (payload['authorizations'] ?? {}) as Record<string, unknown>;
  return {
    id: publicId(artifact),
    user_id: payload['accountId'],
    created_at: at,
    updated_at: date(payload['iat']),
    authenticated_at: at,
    idle_expires_at: date(payload['exp']),
    expires_at: date(payload['exp']),
    last_interacted_at: date(payload['iat']),
    device: {},
    clients: Object.keys(authorizations).map((client_id) => ({ client_id })),
    authentication: { methods: [{ name: 'pwd', timestamp: at }] },
  };
}

/** Recorded. */
export function refreshTokenView({ issuer, store }: Call): (artifact: Artifact) => object {
  return (artifact) => {
    const { payload } = artifact;
    const client = store.clients.get(String(payload['clientId']));
    const scopes = withoutSignInScope(payload['scope'] as string | undefined).join(' ');
    const audiences = [payload['resource']]
      .flat()
      .flatMap((one) => (typeof one === 'string' ? [audienceOf(one)] : []));
    return {
      id: publicId(artifact),
      user_id: payload['accountId'],
      created_at: date(payload['iat']),
      idle_expires_at: null,
      expires_at: client?.refresh_token.infinite_token_lifetime ? null : date(payload['exp']),
      client_id: payload['clientId'],
      session_id: null,
      rotating: client?.refresh_token.rotation_type === 'rotating',
      resource_servers: (audiences.length > 0 ? audiences : [`${issuer}userinfo`]).map((audience) => ({
        audience,
        scopes,
      })),
    };
  };
}

function date(seconds: unknown): string | null {
  return typeof seconds === 'number' ? new Date(seconds * 1000).toISOString() : null;
}
