import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { newId } from '../../random-ids.ts';
import type { ClientCredential } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody, invalidDate, type BodyRules } from '../body-rules.ts';

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

interface NewCredential {
  credential_type: string;
  name?: string;
  pem?: string;
  subject_dn?: string;
  alg?: string;
  kid?: string;
  parse_expiry_from_cert?: boolean;
  expires_at?: string;
}

/** @throws ApiError */
export function newCredential(client_id: string, body: unknown, now: number): ClientCredential {
  const { parse_expiry_from_cert: readsExpiry, ...input } = checkBody(
    body,
    NEW_CREDENTIAL,
  ) as unknown as NewCredential;
  const at = new Date(now).toISOString();
  return {
    id: newId.credential(),
    client_id,
    view: {
      ...(input.name !== undefined && { name: input.name }),
      credential_type: input.credential_type,
      ...material(input, readsExpiry === true),
      created_at: at,
      updated_at: at,
      // Takes precedence over the certificate's expiry (Auth0 docs, "Configure Private Key JWT").
      ...(input.expires_at !== undefined && { expires_at: readDate(input.expires_at) }),
    },
    ...(input.credential_type === 'public_key' && { public_jwk: publicJwk(input.pem ?? '') }),
  };
}

/**
 * What is stored of the key or the certificate, by type (recorded).
 * @param readsExpiry whether a key given as a certificate expires with it: `parse_expiry_from_cert`, specified
 */
function material(input: NewCredential, readsExpiry: boolean): object {
  const { credential_type: type, pem = '', subject_dn, alg = 'RS256', kid } = input;
  try {
    if (type === 'public_key') {
      const own = thumbprint(pem);
      return { kid: kid ?? own, alg, ...(readsExpiry && isCertificate(pem) && endOf(pem)) };
    }
    if (subject_dn !== undefined) return { subject_dn };
    const certificate = new X509Certificate(pem);
    if (type === 'cert_subject_dn') return { subject_dn: certificate.subject };
    const digest = createHash('sha256').update(certificate.raw).digest('base64url');
    return { thumbprint_sha256: digest, ...endOf(pem) };
  } catch {
    // Status specified, wording guessed.
    throw new ApiError(400, 'The PEM could not be read.', 'invalid_body');
  }
}

function isCertificate(pem: string): boolean {
  return pem.includes('-----BEGIN CERTIFICATE-----');
}

function endOf(certificate: string): { expires_at: string } {
  return { expires_at: new Date(new X509Certificate(certificate).validTo).toISOString() };
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
