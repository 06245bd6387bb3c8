/** What operator and tenants do alike with initial access tokens. */
import type { components } from '../../contract/generated.ts';
import type { PendingEvent } from '../../events/event.ts';
import { Problem } from '../../problem.ts';
import type { InitialAccessToken, TokenIssuer } from '../../registry/initial-access-tokens.ts';
import type { Services } from '../../services.ts';

type Schemas = components['schemas'];

const DEFAULT_SECONDS = 86_400;

export async function issue(
  services: Services,
  issuer: TokenIssuer,
  wanted: Schemas['NewInitialAccessToken'],
  event: PendingEvent,
) {
  const { name, max_uses: maxUses = 1, expires_in_seconds: seconds = DEFAULT_SECONDS } = wanted;
  const expiresAt = Date.now() + seconds * 1000;
  const { made, token } = await services.initialAccessTokens.create(
    issuer,
    { name, maxUses, expiresAt },
    (id) => event.text(id),
  );
  event.taken();
  return {
    status: 201 as const,
    body: { ...present(made), token },
    headers: { 'Cache-Control': 'no-store' },
  };
}

export async function list(services: Services, issuer: TokenIssuer) {
  const found = await services.initialAccessTokens.list(issuer);
  return { status: 200 as const, body: { initial_access_tokens: found.map(present) } };
}

/** @throws Problem `not_found`, for another issuer's too */
export async function remove(services: Services, issuer: TokenIssuer, id: string, event: PendingEvent) {
  const removed = await services.initialAccessTokens.remove(issuer, id, event.text());
  if (!removed) throw new Problem('not_found');
  event.taken();
  return { status: 204 as const };
}

function present({
  id,
  name,
  maxUses,
  uses,
  createdAt,
  expiresAt,
}: InitialAccessToken): Schemas['InitialAccessToken'] {
  return { id, name, max_uses: maxUses, uses, created_at: createdAt, expires_at: expiresAt };
}
