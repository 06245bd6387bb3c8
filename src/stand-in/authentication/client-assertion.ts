import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import type { Client } from '../store/records.ts';
import type { AuthenticationServices } from './authentication-services.ts';
import { clientNamed, idInTokens } from './client-traits.ts';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ALGORITHMS = ['RS256', 'RS384', 'PS256'];
/** RFC 7523 section 3: how long a `jti` is remembered; equals the longest lifetime of an assertion. */
const LIFETIME_SECONDS_MAX = 300;

/** Whether a client authenticates only with its key (Auth0 docs, "Authenticate with Private Key JWT"). */
export function usesKeys(client: Client | undefined): boolean {
  return client?.client_authentication_methods?.private_key_jwt !== undefined;
}

/** The `iss` of an assertion, unverified. */
export function issuerOfAssertion(form: Record<string, string>): string | undefined {
  try {
    const { sub } = decodeJwt(form['client_assertion'] ?? '');
    return sub;
  } catch {
    return undefined;
  }
}

/**
 * If the assertion is valid, adds the client's id and secret to the form: oidc-provider, which does not handle the keys, then checks the
 * secret. Otherwise removes the secret, so that the client is refused.
 */
export async function settleAssertion(
  services: AuthenticationServices,
  form: Record<string, string>,
): Promise<void> {
  const { store, issuer, now } = services;
  const named = form['client_id'] ?? issuerOfAssertion(form);
  const client = clientNamed(store, named);
  if (client) form['client_id'] = client.client_id;
  if (!client || !usesKeys(client)) return;
  const { client_assertion: assertion = '', client_assertion_type: type } = form;
  for (const name of ['client_assertion', 'client_assertion_type', 'client_secret']) delete form[name];
  if (type !== TYPE) return;
  try {
    const { payload } = await jwtVerify(assertion, createLocalJWKSet(keysOf(services, client)), {
      algorithms: ALGORITHMS,
      issuer: idInTokens(client),
      subject: idInTokens(client),
      audience: [issuer, `${issuer}oauth/token`],
      requiredClaims: ['exp', 'jti'],
      currentDate: new Date(now()),
    });
    if (Number(payload.exp) > now() / 1000 + LIFETIME_SECONDS_MAX) return;
    if (!isFirstUse(services, client, String(payload.jti))) return;
    form['client_secret'] = client.client_secret ?? '';
  } catch {
    // Same result as for a wrong secret.
  }
}

function keysOf({ store, now }: AuthenticationServices, client: Client): JSONWebKeySet {
  const ids = client.client_authentication_methods?.private_key_jwt?.credentials.map(({ id }) => id) ?? [];
  const keys = ids.flatMap((id) => {
    const credential = store.credentials.get(id);
    if (credential?.client_id !== client.client_id || !credential.public_jwk) return [];
    const { expires_at: end, kid, alg } = credential.view as Record<string, string | null | undefined>;
    if (typeof end === 'string' && Date.parse(end) <= now()) return [];
    return [{ ...credential.public_jwk, kid, alg, use: 'sig' }];
  });
  return { keys } as JSONWebKeySet;
}

function isFirstUse({ store, now }: AuthenticationServices, client: Client, jti: string): boolean {
  const id = createHash('sha256').update(`${client.client_id} ${jti}`).digest('base64url');
  const key = `UsedAssertion ${id}`;
  if (store.settings.has(key)) return false;
  for (const { name, value } of [...store.settings.values()])
    if (name.startsWith('UsedAssertion ') && Number(value) < now()) store.settings.delete(name);
  store.settings.put({ name: key, value: now() + LIFETIME_SECONDS_MAX * 1000 });
  return true;
}
