/** Members whose text is a secret, or lets its reader act as somebody. */
const SECRET =
  /(password|secret|token|api_?key|write_?key|authorization)$|^(pem|pin|ticket|recovery_code|invitation_url)$/i;
/** Members below which every text may be one. */
const SECRETS =
  /^(secrets|signing_?keys|custom_password_hash|webhook_authorization|sink|options|authentication_methods|totp)$/i;
const HIDDEN = '*****';

/** A copy of a body in which secrets are hidden: whoever may read the log need not know them. */
export function withoutSecrets(body: unknown, isSecret = false): unknown {
  if (typeof body === 'string') return isSecret ? HIDDEN : body;
  if (Array.isArray(body)) return body.map((one) => withoutSecrets(one, isSecret));
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      withoutSecrets(
        value,
        isSecret || SECRETS.test(name) || (typeof value === 'string' && SECRET.test(name)),
      ),
    ]),
  );
}
