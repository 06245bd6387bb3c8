import { errors } from 'jose';

/** Why a token or proof was refused, for the log: jose's code and the name of the claim, never a value. */
export function joseReason(error: unknown): string {
  // jose throws a TypeError at what is no token at all.
  if (!(error instanceof errors.JOSEError)) return 'it is no JWT';
  const { claim, reason } = error as Partial<errors.JWTClaimValidationFailed>;
  return [error.code, claim, reason].filter((word) => typeof word === 'string').join(' ');
}
