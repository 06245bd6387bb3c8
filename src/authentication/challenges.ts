/**
 * `WWW-Authenticate` challenges (RFC 9110 section 11.6.1). One challenge per field, with a single Bearer challenge
 * first: some browsers and clients misparse anything else.
 */
import type { OperationDescription } from '../contract/load-contract.ts';
import { takesOwnToken } from '../contract/security.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import type { Credential } from './credential.ts';
import { DPOP_ALGORITHMS } from './dpop.ts';

interface Asked {
  realm: string;
  resourceMetadata: string;
  /** Browsers get no Basic challenge: it would open their password dialog. */
  isBrowser: boolean;
  /** Scheme of the rejected credential. */
  presented: Credential['scheme'] | undefined;
}

/**
 * RFC 6750 section 3.1, RFC 9449 section 7.1. `error` only when a credential was presented, and only in the challenge
 * of its scheme.
 */
const tokenErrors: Partial<Record<ProblemCode, string>> = {
  invalid_token: 'invalid_token',
  invalid_dpop_proof: 'invalid_dpop_proof',
  consent_withdrawn: 'invalid_token',
  insufficient_scope: 'insufficient_scope',
  several_credentials: 'invalid_request',
};

export function challenges(operation: OperationDescription, problem: Problem, asked: Asked): string[] {
  const { security } = operation;
  const scopes = [...new Set([...security.values()].flat())];
  const error = tokenErrors[problem.code];
  const errorParameters = error ? [`error="${error}"`, `error_description="${problem.title}"`] : [];
  // The authority of the resource metadata does not issue these tokens, and they are not sender-constrained.
  if (takesOwnToken(security)) return [`Bearer ${[`realm="${asked.realm}"`, ...errorParameters].join(', ')}`];
  const withProof = asked.presented === 'dpop';
  const bearer = [
    `realm="${asked.realm}"`,
    `resource_metadata="${asked.resourceMetadata}"`,
    ...(scopes.length > 0 ? [`scope="${scopes.join(' ')}"`] : []),
    ...(withProof ? [] : errorParameters),
  ];
  const fields = [`Bearer ${bearer.join(', ')}`];
  if (problem.status === 401 || withProof) {
    fields.push(
      `DPoP ${[`algs="${DPOP_ALGORITHMS.join(' ')}"`, ...(withProof ? errorParameters : [])].join(', ')}`,
    );
  }
  if (problem.status === 401 && security.has('apiKey') && !asked.isBrowser) {
    fields.push(`Basic realm="${asked.realm}", charset="UTF-8"`);
  }
  return fields;
}
