import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { newId } from '../../random-ids.ts';
import type { ClientCredential } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody, invalidDate } from '../body-rules.ts';
import type { BodyRules } from '../body-rules.ts';

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

/** @throws ApiError */
export function newCredential(client_id: string, body: unknown, now: number): ClientCredential {
  const input = checkBody(body, NEW_CREDENTIAL) as Record<string, string | undefined>;
  const at = new Date(now).toISOString();
  return {
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
    ...(input['credential_type'] === 'public_key' && { public_jwk: publicJwk(input['pem'] ?? '') }),
  };
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
  const { e, kty, n } = publicJwk(pem);
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}

function publicJwk(pem: string): Record<string, unknown> {
  return createPublicKey(pem).export({ format: 'jwk' });
}

export function readDate(text: string): string {
  if (Number.isNaN(Date.parse(text))) throw invalidDate(text, 'expires_at');
  return new Date(text).toISOString();
}
