/** The key by which one of our clients authenticates: the public half is at Auth0, named by its thumbprint. */
import type { Json } from '../answers.ts';
import type { Change, Finding } from '../plan.ts';
import type { SigningKey } from '../signing-keys.ts';

export const KEY_WHY = 'it proves the client by private_key_jwt, so that there is no secret';

export const credentialOf = ({ thumbprint, publicPem }: SigningKey) => ({
  credential_type: 'public_key',
  name: `trivium ${thumbprint}`,
  pem: publicPem,
  alg: 'RS256',
});

/** The key is at Auth0, and the client authenticates by it. */
export function planKey(
  name: string,
  { client, credentials }: { client: Json | undefined; credentials: readonly Json[] },
  key: SigningKey,
): Change[] {
  const path = `/clients/${String(client?.['client_id'])}`;
  const here = credentials.find(
    (one) => one['name'] === `trivium ${key.thumbprint}` || one['kid'] === key.thumbprint,
  );
  const register: Change = {
    item: name,
    what: `register the public key of ${key.path}`,
    why: KEY_WHY,
    step: { kind: 'request', method: 'POST', path: `${path}/credentials`, body: credentialOf(key) },
  };
  const used = usedCredentials(client);
  if (here && used.includes(String(here['id']))) return [];
  const ids = [...used, ...(here ? [String(here['id'])] : [])];
  const body = {
    client_authentication_methods: { private_key_jwt: { credentials: ids.map((id) => ({ id })) } },
    // One excludes the other.
    token_endpoint_auth_method: null,
  };
  const use: Change = {
    item: name,
    what: 'authenticate by this key',
    why: KEY_WHY,
    ...(here && { step: { kind: 'request', method: 'PATCH', path, body } }),
  };
  return [...(here ? [] : [register]), use];
}

function usedCredentials(client: Json | undefined): string[] {
  const methods: Json = { ...(client?.['client_authentication_methods'] ?? {}) };
  const { credentials }: Json = { ...(methods['private_key_jwt'] ?? {}) };
  const list: unknown[] = Array.isArray(credentials) ? credentials : [];
  return list.map((one) => String(({ ...(one ?? {}) } as Json)['id']));
}

export const keyElsewhere = (item: string, path: string): Finding => ({
  item,
  level: 'note',
  what: `its private key is not at ${path}`,
  why: 'whether it is the one that the client has cannot be compared',
  remedy: 'Copy the file there, or add another key with --new-keys (Auth0 keeps two for each client).',
});
