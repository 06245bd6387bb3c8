/** Initial access tokens: what the operator's and the tenants' operations share. */
import type { components } from '../../contract/generated.ts';
import { boundsOfMaker, type Maker } from '../../api-keys/maker.ts';
import type { PendingEvent } from '../../events/event.ts';
import { Problem } from '../../problem.ts';
import type { InitialAccessToken, TokenIssuer } from '../../registry/initial-access-tokens.ts';
import type { Services } from '../../services.ts';
import { redisNow } from '../../redis/clock.ts';

type Schemas = components['schemas'];

const DEFAULT_SECONDS = 86_400;

interface Issuing {
  issuer: TokenIssuer;
  /** Who makes the request, on a tenant's behalf. */
  maker?: Maker;
  event: PendingEvent;
}

/** @throws Problem `initial_access_token_limit_reached`, `invalid_body`, `beyond_own_bounds` */

export async function issue(
  services: Pick<Services, 'apiKeys' | 'config' | 'initialAccessTokens'>,
  wanted: Schemas['NewInitialAccessToken'],
  { issuer, maker, event }: Issuing,
) {
  const { name, max_uses: maxUses = 1 } = wanted;
  const limit = services.config.INITIAL_ACCESS_TOKENS_PER_ISSUER;
  for (;;) {
    const by =
      issuer.kind === 'tenant' && maker
        ? await services.apiKeys.readMaker(issuer.tenantId, maker)
        : undefined;
    const expiresAt = endOf(wanted.expires_in_seconds, boundsOfMaker(by).endsAt);
    const created = await event.commit((text) =>
      services.initialAccessTokens.create(issuer, { name, maxUses, expiresAt, limit, by }, text),
    );
    // The API key that makes the request was rotated meanwhile.
    if (!created) continue;
    return {
      status: 201 as const,
      body: { ...present(created.made), token: created.token },
      headers: { 'Cache-Control': 'no-store' },
    };
  }
}

/** No later than the expiry of the API key that makes the request. @param latest ms since 1970; undefined: unbounded. @throws Problem `invalid_body` */
function endOf(seconds: number | undefined, latest = Infinity): number {
  const end = redisNow() + (seconds ?? DEFAULT_SECONDS) * 1000;
  if (end <= latest) return end;
  if (seconds === undefined) return latest;
  const message = 'must not exceed the remaining lifetime of the API key that makes the request';
  throw new Problem('invalid_body', {
    errors: [{ in: 'body', pointer: '/expires_in_seconds', code: 'beyond_own_bounds', message }],
  });
}

export async function list(services: Pick<Services, 'initialAccessTokens'>, issuer: TokenIssuer) {
  const found = await services.initialAccessTokens.list(issuer);
  return { status: 200 as const, body: { initial_access_tokens: found.map(present) } };
}

/** @throws Problem `not_found`, also for a token of another issuer */
export async function remove(
  services: Pick<Services, 'initialAccessTokens'>,
  issuer: TokenIssuer,
  id: string,
  event: PendingEvent,
) {
  const removed = await event.commit((text) => services.initialAccessTokens.remove(issuer, id, text()));
  if (!removed) throw new Problem('not_found');
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
