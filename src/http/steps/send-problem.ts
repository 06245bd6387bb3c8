/**
 * The only middleware that answers errors: problem documents (RFC 9457), or OAuth errors where the contract declares
 * them.
 */
import { challenges } from '../../authentication/challenges.ts';
import { Problem, type FieldError, type ProblemCode } from '../../problem.ts';
import { redisProblem } from '../../redis/connections.ts';
import { PROBLEM_TYPE, problemDocument } from '../problem-document.ts';
import { setFields } from '../header-fields.ts';
import { brandedPagePolicy } from '../../branded-page.ts';
import { refusalPage, wantsPage } from '../refusal-page.ts';
import type { Context, HeaderFields } from '../state.ts';
import type { FindOperation } from './match-operation.ts';

/** RFC 7591 section 3.2.2, RFC 6749 section 5.2: problem codes that have an OAuth error code. */
const oauthErrors: Partial<Record<ProblemCode, string>> = {
  invalid_redirect_uri: 'invalid_redirect_uri',
  invalid_body: 'invalid_client_metadata',
  malformed_body: 'invalid_client_metadata',
  invalid_field: 'invalid_client_metadata',
  invalid_client_metadata: 'invalid_client_metadata',
  invalid_client: 'invalid_client',
  invalid_target: 'invalid_target',
  invalid_software_statement: 'invalid_software_statement',
  unapproved_software_statement: 'unapproved_software_statement',
  invalid_token: 'invalid_token',
  authentication_required: 'invalid_token',
  invalid_authorization_header: 'invalid_token',
  tenant_suspended: 'access_denied',
};

/** Metadata members that have an error code of their own, whatever is wrong with them. */
const errorsOfMembers: [string, string][] = [
  ['/redirect_uris', 'invalid_redirect_uri'],
  ['/software_statement', 'invalid_software_statement'],
];

/** Default for a 503 without an estimate. */
const RETRY_AFTER_SECONDS = '2';

/** @param always header fields of an answer without an operation */
export const sendProblem =
  (find: FindOperation, always: HeaderFields) =>
  (ctx: Context, error: unknown): void => {
    setFields(ctx, always);
    send(ctx, asProblem(error), find);
  };

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return redisProblem(error) ?? new Problem('internal_error', { cause: error });
}

function send(ctx: Context, problem: Problem, find: FindOperation): void {
  const { services, requestId, matched, instance } = ctx.state;
  ctx.state.problem = problem;
  if (problem.status >= 500) services.log.error({ request_id: requestId, err: problem }, problem.code);
  else services.log.debug({ request_id: requestId, err: problem }, problem.code);
  ctx.status = problem.status;
  if (problem.status === 503) ctx.set('Retry-After', RETRY_AFTER_SECONDS);
  if (problem.parts.headers) ctx.set(problem.parts.headers);
  if (problem.status === 401 || problem.code === 'insufficient_scope') {
    ctx.set(
      'WWW-Authenticate',
      challenges(matched.description, problem, {
        realm: 'trivium',
        resourceMetadata: `${services.publicUrl}/.well-known/oauth-protected-resource`,
        isBrowser: isBrowser(ctx),
        presented: ctx.state.presentedScheme,
      }),
    );
  }
  ctx.set('Cache-Control', 'no-store');
  ctx.vary('Authorization');
  // Errors before routing go to the same clients.
  const operation =
    matched?.description ?? (instance === undefined ? undefined : find(ctx.path, ctx.method)?.description);
  // A timeout is always a problem document, because the server also detects it before an operation is known.
  const isOAuth = operation?.errors === 'oauth' && problem.code !== 'request_timeout';
  if (wantsPage(ctx, problem.status)) sendPage(ctx, problem);
  else if (isOAuth) sendOAuthError(ctx, problem);
  else sendDocument(ctx, problem);
}

/**
 * Fetch Metadata. `Sec-Fetch-Mode: cors` alone does not prove a browser: Node's fetch sends it. Where browsers omit the
 * fields (plain http to another host, Safari before 16.4), `Origin` identifies pages.
 */
function isBrowser(ctx: Context): boolean {
  return (
    ctx.get('Sec-Fetch-Site') !== '' || ctx.get('Sec-Fetch-Mode') === 'navigate' || ctx.get('Origin') !== ''
  );
}

function sendDocument(ctx: Context, problem: Problem): void {
  const { services, requestId, instance } = ctx.state;
  ctx.body = problemDocument(problem, { publicUrl: services.publicUrl, requestId, instance });
  ctx.type = PROBLEM_TYPE;
}

function sendPage(ctx: Context, problem: Problem): void {
  const { requestId, services } = ctx.state;
  const { brand } = services;
  ctx.body = refusalPage({ problem, what: wordsFor(problem), requestId, brand });
  ctx.set('Content-Security-Policy', brandedPagePolicy(brand));
  ctx.type = 'text/html';
  ctx.vary('Accept');
}

/** One sentence that says what is wrong with this request. */
function wordsFor({ parts, title }: Problem): string {
  const wrong = parts.errors?.map((error) => `${error.pointer || `the ${error.in}`} ${faultOf(error)}`);
  return parts.detail ?? wrong?.join('; ') ?? title;
}

const faultOf = ({ code, message }: FieldError): string => (code === 'required' ? 'is missing' : message);

/** Invalid client metadata is always 400 in OAuth; other errors keep their status. */
function sendOAuthError(ctx: Context, problem: Problem): void {
  const [member] = errorsOfMembers.filter(([pointer]) =>
    problem.parts.errors?.some((one) => one.code !== 'required' && one.pointer.startsWith(pointer)),
  );
  const error = member?.[1] ?? oauthErrors[problem.code];
  if (ctx.status === 422) ctx.status = 400;
  ctx.body = {
    error:
      error ??
      (problem.status >= 500 || problem.status === 429 ? 'temporarily_unavailable' : 'invalid_request'),
    error_description: wordsFor(problem),
  };
  ctx.type = 'application/json';
}
