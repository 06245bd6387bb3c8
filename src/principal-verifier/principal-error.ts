/** Why a request is refused. The codes are stable. */
const STATUS = {
  /** The request has no `Trivium-Principal`: it did not come through Trivium. */
  missing_token: 401,
  malformed_token: 401,
  wrong_algorithm: 401,
  /** Signed with a key that Trivium does not publish. */
  unknown_key: 401,
  wrong_signature: 401,
  /** `typ` is not `principal+jwt`: another kind of token. */
  wrong_type: 401,
  wrong_issuer: 401,
  /** Made for another service. */
  wrong_audience: 401,
  expired_token: 401,
  invalid_claims: 401,
  /** See `requireScopes`. */
  insufficient_scope: 403,
  /** Trivium's keys cannot be fetched, which says nothing about the token. */
  keys_unavailable: 503,
} as const;

export type PrincipalErrorCode = keyof typeof STATUS;

/** Koa, Express and Fastify answer it with its status, where nothing else handles it. Its message names no value. */
export class PrincipalError extends Error {
  override readonly name = 'PrincipalError';
  readonly code: PrincipalErrorCode;
  readonly status: 401 | 403 | 503;
  /** The name that Fastify reads. */
  readonly statusCode: 401 | 403 | 503;
  /** For Koa: the message may be shown. */
  readonly expose = true;

  constructor(code: PrincipalErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.status = STATUS[code];
    this.statusCode = STATUS[code];
  }
}
