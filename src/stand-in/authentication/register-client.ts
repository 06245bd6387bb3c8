import type { Context } from 'koa';
import { ApiError } from '../management/api-error.ts';
import { createClient } from '../management/clients/new-client.ts';
import { tenantSettings } from '../management/tenant-settings/tenant-settings.ts';
import type { Client } from '../store/records.ts';
import { allowAnyOrigin } from './cross-origin.ts';
import { readJsonObject, UnreadableBody } from './form-body.ts';
import type { AuthenticationServices } from './authentication-services.ts';

const GRANT_TYPES = ['authorization_code', 'refresh_token'];
const METHODS = ['client_secret_post', 'client_secret_basic', 'none'] as const;
const NAME_LENGTH_MAX = 255;

class RefusedRegistration extends Error {
  override readonly name = 'RefusedRegistration';
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

/**
 * POST /oidc/register (RFC 7591), open to anybody when enabled. Creates a strict third-party client. Accepted and returned members:
 * Auth0 docs, "Dynamic client registration"; no registration access token, so no RFC 7592. Error bodies are guessed from RFC 7591.
 */
export function registerClient({ store, logs, settings, openRegistration }: AuthenticationServices) {
  return async function answerRegistration(ctx: Context): Promise<void> {
    allowAnyOrigin(ctx);
    ctx.set('cache-control', 'no-store');
    try {
      if (!(tenantSettings(store).flags['enable_dynamic_client_registration'] ?? openRegistration))
        throw new ApiError(404, 'Not Found');
      const client = createClient(store, settings.plan, newClient(await readJsonObject(ctx)));
      logs.write({
        type: 'sapi',
        description: 'Dynamic client registration',
        client_id: client.client_id,
        client_name: client.name,
        ip: ctx.ip,
        user_agent: ctx.get('user-agent'),
      });
      ctx.status = 201;
      ctx.body = registrationAnswer(client);
    } catch (error) {
      if (error instanceof ApiError) {
        ctx.status = error.status;
        ctx.body = error.body;
      } else if (error instanceof UnreadableBody || error instanceof RefusedRegistration) {
        const code = error instanceof RefusedRegistration ? error.error : 'invalid_client_metadata';
        ctx.status = 400;
        ctx.body = { error: code, error_description: error.message };
      } else throw error;
    }
  };
}

function newClient(metadata: Record<string, unknown>): Partial<Client> & { name: string } {
  const callbacks = metadata['redirect_uris'];
  if (!isTexts(callbacks) || callbacks.length === 0)
    throw new RefusedRegistration('invalid_redirect_uri', 'redirect_uris is required');
  // No wildcards for third parties; fragments are never allowed (RFC 6749, section 3.1.2).
  const wrong = callbacks.find((one) => !URL.canParse(one) || one.includes('*') || one.includes('#'));
  if (wrong !== undefined)
    throw new RefusedRegistration('invalid_redirect_uri', `redirect_uris: ${wrong} is not allowed`);
  const method = (metadata['token_endpoint_auth_method'] ?? 'client_secret_post') as (typeof METHODS)[number];
  if (!METHODS.includes(method))
    throw new RefusedRegistration('invalid_client_metadata', 'token_endpoint_auth_method is not supported');
  const grantTypes = metadata['grant_types'] ?? ['authorization_code'];
  if (!isTexts(grantTypes))
    throw new RefusedRegistration('invalid_client_metadata', 'grant_types must be a list');
  const name = metadata['client_name'] ?? 'Dynamically registered client';
  if (typeof name !== 'string' || name === '' || name.length > NAME_LENGTH_MAX || /[<>]/.test(name))
    throw new RefusedRegistration('invalid_client_metadata', 'client_name is not allowed');
  return {
    name,
    is_first_party: false,
    third_party_security_mode: 'strict',
    token_endpoint_auth_method: method,
    // Unsupported grant types are dropped, not refused; the code grant is always included.
    grant_types: GRANT_TYPES.filter((one) => one === 'authorization_code' || grantTypes.includes(one)),
    callbacks,
  };
}

function registrationAnswer(client: Client): Record<string, unknown> {
  const isPublic = client.token_endpoint_auth_method === 'none';
  return {
    client_id: client.client_id,
    client_name: client.name,
    ...(!isPublic && { client_secret: client.client_secret, client_secret_expires_at: 0 }),
    redirect_uris: client.callbacks,
    grant_types: client.grant_types,
    response_types: ['code'],
    token_endpoint_auth_method: client.token_endpoint_auth_method,
  };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
