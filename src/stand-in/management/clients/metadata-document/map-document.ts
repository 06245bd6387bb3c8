import { createPublicKey } from 'node:crypto';
import type { Client } from '../../../store/records.ts';
import { fetchDocument } from './fetch-document.ts';

const GRANT_TYPES = ['authorization_code', 'refresh_token'];
const USED = new Set([
  'client_id',
  'client_name',
  'redirect_uris',
  'grant_types',
  'application_type',
  'logo_uri',
  'token_endpoint_auth_method',
  'jwks_uri',
  'description',
  'response_types',
]);
const KEY_SET_BYTES_MAX = 12_288;

/** A key from the document's `jwks_uri`. */
export interface DocumentKey {
  kid: string;
  alg: string;
  pem: string;
}

export interface MappedDocument {
  fields: Partial<Client> & { name: string };
  keys: DocumentKey[];
  violations: string[];
  warnings: string[];
}

/** Rules and mapping: Auth0 docs, "CIMD JSON validation rules". The wording of errors is guessed. */
export async function mapDocument(
  address: string,
  document: Record<string, unknown>,
): Promise<MappedDocument> {
  const violations: string[] = [];
  const need = (isRight: boolean, complaint: string) => void (isRight || violations.push(complaint));
  const { client_name: name, redirect_uris: callbacks, grant_types: asked, jwks_uri: keySet } = document;
  const { application_type: type = 'web', token_endpoint_auth_method: method = 'none', logo_uri } = document;
  const grantTypes = GRANT_TYPES.filter((one) => isTexts(asked) && asked.includes(one));
  need(document['client_id'] === address, 'client_id must be the URL of the document');
  need(typeof name === 'string' && name !== '', 'client_name is required');
  need(grantTypes.length > 0, 'grant_types must have a supported value');
  need(isTexts(callbacks) && callbacks.length > 0, 'redirect_uris is required');
  if (isTexts(callbacks))
    for (const one of callbacks) need(isCallback(one, type), `redirect_uris: ${one} is not allowed`);
  need(type === 'web' || type === 'native', 'application_type must be web or native');
  need(method === 'none' || method === 'private_key_jwt', 'token_endpoint_auth_method is not supported');
  need(document['jwks'] === undefined, 'jwks is not supported, use jwks_uri');
  const hasKeys = method === 'private_key_jwt';
  if (hasKeys) need(isSameOrigin(keySet, address), 'jwks_uri must be of the same origin as the document');
  const keys = hasKeys && violations.length === 0 ? await keysAt(String(keySet), violations) : [];
  const unused = Object.keys(document).filter((one) => !USED.has(one));
  return {
    fields: {
      external_client_id: address,
      name: String(name),
      app_type: type === 'native' ? 'native' : 'regular_web',
      callbacks: isTexts(callbacks) ? callbacks : [],
      grant_types: grantTypes,
      ...(method === 'none' && { token_endpoint_auth_method: 'none' as const }),
      ...(typeof logo_uri === 'string' && { logo_uri }),
      ...(typeof document['description'] === 'string' && {
        description: document['description'].slice(0, 140),
      }),
      ...(hasKeys && { jwks_uri: keySet }),
    },
    keys,
    violations,
    warnings: unused.map((one) => `Property not supported: '${one}'`),
  };
}

/** Unique https addresses; loopback for native applications. */
function isCallback(text: string, type: unknown): boolean {
  if (!URL.canParse(text) || /[*#]/.test(text)) return false;
  const { protocol, hostname } = new URL(text);
  if (protocol === 'https:') return true;
  return type === 'native' && protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function isSameOrigin(keySet: unknown, address: string): boolean {
  return (
    typeof keySet === 'string' && URL.canParse(keySet) && new URL(keySet).origin === new URL(address).origin
  );
}

async function keysAt(keySet: string, violations: string[]): Promise<DocumentKey[]> {
  try {
    const { keys } = await fetchDocument(keySet, KEY_SET_BYTES_MAX);
    return (keys as Record<string, string>[]).map(({ kid, alg = 'RS256', ...jwk }) => {
      if (jwk['d'] !== undefined || kid === undefined) throw new Error('a private key, or one without kid');
      const pem = createPublicKey({ key: jwk as never, format: 'jwk' }).export({
        type: 'spki',
        format: 'pem',
      });
      return { kid, alg, pem: pem.toString() };
    });
  } catch {
    violations.push('jwks_uri: the keys cannot be used');
    return [];
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
