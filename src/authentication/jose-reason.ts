import { errors } from 'jose';

/** Why a token or proof was refused, for the log: jose's code and the name of the claim, never a value. */
export function joseReason(error: unknown): string {
  // jose throws a TypeError at what is no token at all.
  if (!(error instanceof errors.JOSEError)) return 'it is no JWT';
  const isAboutClaim = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired;
  return [error.code, ...(isAboutClaim ? [error.claim, error.reason] : [])].join(' ');
}
