import type { Client } from '../../store/records.ts';
import { invalidBody } from '../api-error.ts';

const APP_TYPES = ['regular_web', 'spa', 'native', 'non_interactive'];

/**
 * Restrictions of a strict third-party client (Auth0 docs, "Security controls for third-party applications"). Status and wording are guessed.
 * @throws ApiError
 */
export function checkStrictRules(client: Client): void {
  if (client.is_first_party || client.third_party_security_mode === 'permissive') return;
  const { jwt_configuration: jwt, refresh_token: refresh, app_type: type } = client;
  if (jwt['alg'] !== undefined && jwt['alg'] !== 'RS256') throw unsupported('jwt_configuration.alg');
  if (refresh.expiration_type !== 'expiring' || refresh.infinite_token_lifetime)
    throw unsupported('refresh_token.expiration_type');
  if (refresh.infinite_idle_token_lifetime) throw unsupported('refresh_token.infinite_idle_token_lifetime');
  if (type !== undefined && !APP_TYPES.includes(type)) throw unsupported('app_type');
  for (const name of ['callbacks', 'web_origins', 'allowed_origins'] as const)
    if (client[name]?.some((one) => one.includes('*'))) throw unsupported(name);
}

function unsupported(property: string) {
  return invalidBody('Not supported for third-party clients', property);
}
