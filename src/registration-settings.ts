/** Parses the settings of registration. */
import { isRecord } from './json.ts';

export type RegistrationNeed = 'initial_access_token' | 'software_statement';

/** Alternatives, each with everything it requires: one of them has to be met. `[[]]`: open to anybody. */
export type RegistrationPolicy = readonly (readonly RegistrationNeed[])[];

export const POLICY_FORMS =
  'open, initial_access_token, software_statement, several of them with commas (one is enough), or two with + (both are needed)';

const isNeed = (text: string): text is RegistrationNeed =>
  text === 'initial_access_token' || text === 'software_statement';

/** @returns undefined when the text is none of these */
export function parsePolicy(text: string): RegistrationPolicy | undefined {
  const ways = text
    .split(',')
    .map((way) => (way.trim() === 'open' ? [] : way.split('+').map((need) => need.trim())));
  return ways.every((way) => way.every(isNeed)) ? ways : undefined;
}

/** A trusted issuer of software statements. The operator configures where its keys are, so that URL may be fetched. */
export interface StatementIssuer {
  issuer: string;
  jwks_uri?: string;
  /** RFC 7517. */
  jwks?: { keys: Record<string, unknown>[] };
}

/** @returns undefined when the text is not a JSON array of `{issuer, jwks_uri}` or `{issuer, jwks}` */
export function parseStatementIssuers(text: string): StatementIssuer[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const isIssuer = (entry: unknown): entry is StatementIssuer => {
    if (!isRecord(entry)) return false;
    const { issuer, jwks_uri, jwks } = entry;
    if (typeof issuer !== 'string' || issuer === '' || (jwks_uri === undefined) === (jwks === undefined))
      return false;
    if (jwks_uri !== undefined) return typeof jwks_uri === 'string' && URL.canParse(jwks_uri);
    return isRecord(jwks) && Array.isArray(jwks['keys']);
  };
  return Array.isArray(parsed) && parsed.every(isIssuer) ? parsed : undefined;
}
