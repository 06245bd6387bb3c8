import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { newId } from '../../random-ids.ts';
import type { ClientCredential } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody, invalidDate } from '../body-rules.ts';
import type { BodyRules } from '../body-rules.ts';
import { NO_CONTENT } from '../endpoint.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { knownClient } from './client-view.ts';

/**
 * Keys and certificates of a client: kept and shown as Auth0 does (recorded), but of no use at the token endpoint, where the stand-in
 * knows secrets only.
 */
const NEW_CREDENTIAL: BodyRules = {
  required: ['credential_type'],
  properties: {
    credential_type: { type: 'string', enum: ['public_key', 'cert_subject_dn', 'x509_cert'] },
    name: { type: 'string', maxLength: 128 },
    pem: { type: 'string', minLength: 1 },
    subject_dn: { type: 'string' },
    alg: { type: 'string', enum: ['RS256', 'RS384', 'PS256'] },
    kid: { type: 'string' },
    parse_expiry_from_cert: { type: 'boolean' },
    expires_at: { type: 'string' },
  },
};

const CHANGES: BodyRules = {
  required: [],
  properties: { expires_at: { type: 'string', nullable: true } },
};

const PATH = '/clients/{id}/credentials';
const ONE = `${PATH}/{credential_id}`;

export const createCredentialEndpoint: Endpoint = {
  method: 'POST',
  path: PATH,
  scopes: ['create:client_credentials'],
  logAs: 'Create a client credential',
  answer: (call: Call) => {
    const { client_id } = knownClient(call);
    const input = checkBody(call.body, NEW_CREDENTIAL) as Record<string, string | undefined>;
    const at = new Date(call.now()).toISOString();
    const credential: ClientCredential = {
      id: newId.credential(),
      client_id,
      view: {
        ...(input['name'] !== undefined && { name: input['name'] }),
        credential_type: input['credential_type'],
        ...material(input),
        created_at: at,
        updated_at: at,
        ...(input['expires_at'] !== undefined && { expires_at: readDate(input['expires_at']) }),
      },
    };
    call.store.credentials.put(credential);
    return { status: 201, body: { id: credential.id, ...credential.view } };
  },
};

export const listCredentialsEndpoint: Endpoint = {
  method: 'GET',
  path: PATH,
  scopes: ['read:client_credentials'],
  // Recorded: a bare array, totals or not.
  answer: (call: Call) => {
    const { client_id } = knownClient(call);
    return { status: 200, body: [...call.store.credentials.by('client', client_id)].map(shown) };
  },
};

export const getCredentialEndpoint: Endpoint = {
  method: 'GET',
  path: ONE,
  scopes: ['read:client_credentials'],
  answer: (call: Call) => ({ status: 200, body: shown(known(call)) }),
};

export const updateCredentialEndpoint: Endpoint = {
  method: 'PATCH',
  path: ONE,
  scopes: ['update:client_credentials'],
  logAs: 'Update a client credential',
  // Recorded: 200, though 201 is specified.
  answer: (call: Call) => {
    const credential = known(call);
    const { expires_at } = checkBody(call.body, CHANGES) as { expires_at?: string | null };
    const view = {
      ...credential.view,
      updated_at: new Date(call.now()).toISOString(),
      ...(expires_at !== undefined && { expires_at: expires_at === null ? null : readDate(expires_at) }),
    };
    return { status: 200, body: shown(call.store.credentials.put({ ...credential, view })) };
  },
};

export const deleteCredentialEndpoint: Endpoint = {
  method: 'DELETE',
  path: ONE,
  scopes: ['delete:client_credentials'],
  logAs: 'Delete a client credential',
  answer: (call: Call) => {
    knownClient(call);
    call.store.credentials.delete(call.params['credential_id'] ?? '');
    return NO_CONTENT;
  },
};

/** Status specified, wording guessed. */
function known(call: Call): ClientCredential {
  const { client_id } = knownClient(call);
  const credential = call.store.credentials.get(call.params['credential_id'] ?? '');
  if (credential?.client_id === client_id) return credential;
  throw new ApiError(404, 'The credential does not exist', 'inexistent_credential');
}

/** Recorded: read again, it says that it does not expire; just made, it doesn't. */
function shown({ id, view }: ClientCredential): object {
  return { id, expires_at: null, ...view };
}

/** What is made of the key or the certificate, by type (recorded). */
function material(input: Record<string, string | undefined>): object {
  const { credential_type: type, pem = '', subject_dn, alg = 'RS256', kid } = input;
  try {
    if (type === 'public_key') return { kid: kid ?? thumbprint(pem), alg };
    if (subject_dn !== undefined) return { subject_dn };
    const certificate = new X509Certificate(pem);
    if (type === 'cert_subject_dn') return { subject_dn: certificate.subject };
    const digest = createHash('sha256').update(certificate.raw).digest('base64url');
    return { thumbprint_sha256: digest, expires_at: new Date(certificate.validTo).toISOString() };
  } catch {
    // Status specified, wording guessed.
    throw new ApiError(400, 'The PEM could not be read.', 'invalid_body');
  }
}

/** RFC 7638. */
function thumbprint(pem: string): string {
  const { e, kty, n } = createPublicKey(pem).export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}

function readDate(text: string): string {
  if (Number.isNaN(Date.parse(text))) throw invalidDate(text, 'expires_at');
  return new Date(text).toISOString();
}
