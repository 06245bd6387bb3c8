/** Reads the credential that a request presents; does not verify it (RFC 9110 section 11.6.2). */
import { Problem } from '../problem.ts';
import type { TokenClaims } from './token-claims.ts';

export type Credential =
  /** `claims`: when the request was read, the token was verified already. */
  | { scheme: 'bearer'; token: string; claims?: TokenClaims }
  /** A sender-constrained token, with every `DPoP` field of the request (RFC 9449 section 7.1). */
  | { scheme: 'dpop'; token: string; proofs: string[] }
  /** Base64 as received: verified keys are cached under it and need no decoding. */
  | { scheme: 'basic'; encoded: string };

export interface ApiKey {
  clientId: string;
  clientSecret: string;
}

/** Far longer than any of our tokens or keys; longer ones are refused without further work. */
const MAX_LENGTH = 8_192;
/** RFC 6750 section 2.1 */
const SCHEME = /^(bearer|dpop|basic)(?: |$)/i;
const TOKEN = /^(bearer|dpop) +([A-Za-z0-9\-._~+/]+=*) *$/i;
const BASIC = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i;
/** How nearly all clients write it. */
const BEARER = 'Bearer ';
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

interface KnownTokens {
  /** @returns the claims of one that was verified before, and is still valid */
  find(token: string): TokenClaims | undefined;
}

/**
 * @param rawHeaders alternating names and values: Node silently drops a second `Authorization` field
 * @param tokenInQuery whether the query has an `access_token`; it is never accepted there (RFC 6750 section 2.3)
 * @param tokens those that need not be read again, which costs more than to recognize them
 * @returns undefined when none was presented
 */
export function readCredential(
  rawHeaders: readonly string[],
  tokenInQuery: boolean,
  tokens?: KnownTokens,
): Credential | undefined {
  const fields = fieldsNamed('authorization', rawHeaders);
  const [field] = fields;
  if (field === undefined) return undefined;
  if (fields.length > 1 || tokenInQuery) throw new Problem('several_credentials');
  if (field.length > MAX_LENGTH)
    throw new Problem('invalid_authorization_header', { detail: 'It is too long.' });
  const same = tokens && field.startsWith(BEARER) ? field.slice(BEARER.length) : undefined;
  const claims = same === undefined ? undefined : tokens?.find(same);
  if (same !== undefined && claims) return { scheme: 'bearer', token: same, claims };
  const [, tokenScheme, token = ''] = TOKEN.exec(field) ?? [];
  if (tokenScheme?.toLowerCase() === 'bearer') return { scheme: 'bearer', token };
  if (tokenScheme) return { scheme: 'dpop', token, proofs: fieldsNamed('dpop', rawHeaders) };
  const [, encoded] = BASIC.exec(field) ?? [];
  if (encoded !== undefined) return { scheme: 'basic', encoded };
  const [, scheme = ''] = SCHEME.exec(field) ?? [];
  const detail =
    MALFORMED.get(scheme.toLowerCase()) ?? 'It holds neither a Bearer token nor Basic credentials.';
  throw new Problem('invalid_authorization_header', { detail });
}

const MALFORMED = new Map([
  ['bearer', 'The value after Bearer is not a token.'],
  ['dpop', 'The value after DPoP is not a token.'],
  ['basic', 'The value after Basic is not base64.'],
]);

function fieldsNamed(name: string, rawHeaders: readonly string[]): string[] {
  const values: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const value = rawHeaders[i + 1];
    const given = rawHeaders[i];
    if (value !== undefined && given?.length === name.length && given.toLowerCase() === name)
      values.push(value);
  }
  return values;
}

/**
 * RFC 7617: UTF-8, split at the first colon, no control characters.
 * @throws Problem `invalid_authorization_header`
 */
export function readApiKey(encoded: string): ApiKey {
  const bytes = Buffer.from(encoded, 'base64');
  // Node's decoder ignores invalid characters, so one key could be written in many ways.
  if (bytes.toString('base64') !== encoded) {
    throw new Problem('invalid_authorization_header', { detail: 'The value after Basic is not base64.' });
  }
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new Problem('invalid_authorization_header', { detail: 'The Basic credentials are not UTF-8.' });
  }
  const colon = text.indexOf(':');
  // eslint-disable-next-line no-control-regex -- RFC 7617 section 2 forbids exactly these
  if (colon < 1 || colon === text.length - 1 || /[\u0000-\u001f\u007f]/.test(text)) {
    throw new Problem('invalid_authorization_header', {
      detail: 'Basic credentials are a client id, a colon and a client secret.',
    });
  }
  return { clientId: text.slice(0, colon), clientSecret: text.slice(colon + 1) };
}
