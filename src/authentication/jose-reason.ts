import { errors } from 'jose';

/** Why a token or proof was rejected, for the log: jose's error code and the claim's name, never a value. */
export function joseReason(error: unknown): string {
  // jose throws a TypeError for input that is not a token at all.
  if (!(error instanceof errors.JOSEError)) return 'it is not a JWT';
  const isAboutClaim = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired;
  return [error.code, ...(isAboutClaim ? [error.claim, error.reason] : [])].join(' ');
}
