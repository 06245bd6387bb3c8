/** The only place where errors leave: as problem documents (RFC 9457), or as OAuth errors where the contract says so. */
import { challenges } from '../../authentication/challenges.ts';
import { Problem } from '../../problem.ts';
import type { ProblemCode } from '../../problem.ts';
import { redisProblem } from '../../redis/connections.ts';
import type { Context, Step } from '../state.ts';

/** RFC 7591 section 3.2.2, RFC 6749 section 5.2: codes that have a name of their own there. */
const oauthErrors: Partial<Record<ProblemCode, string>> = {
  invalid_redirect_uri: 'invalid_redirect_uri',
  invalid_body: 'invalid_client_metadata',
  malformed_body: 'invalid_client_metadata',
  invalid_field: 'invalid_client_metadata',
  invalid_client_metadata: 'invalid_client_metadata',
  invalid_client: 'invalid_client',
  invalid_software_statement: 'invalid_software_statement',
  unapproved_software_statement: 'unapproved_software_statement',
  invalid_token: 'invalid_token',
  authentication_required: 'invalid_token',
  invalid_authorization_header: 'invalid_token',
  tenant_suspended: 'access_denied',
};

/** Members that have an error of their own, whatever is wrong with them. */
const errorsOfMembers: [string, string][] = [
  ['/redirect_uris', 'invalid_redirect_uri'],
  ['/software_statement', 'invalid_software_statement'],
];

/** Of a 503 that does not know better. */
const RETRY_AFTER_SECONDS = '2';

export const sendProblem: Step = async (ctx, next) => {
  try {
    await next();
  } catch (error) {
    send(ctx, asProblem(error));
  }
};

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return redisProblem(error) ?? new Problem('internal_error', { cause: error });
}

function send(ctx: Context, problem: Problem): void {
  const { services, requestId, matched } = ctx.state;
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
        fromBrowser: ctx.get('Sec-Fetch-Mode') !== '',
        presented: ctx.state.presentedScheme,
      }),
    );
  }
  ctx.set('Cache-Control', 'no-store');
  ctx.vary('Authorization');
  // What did not arrive in time is told as by the server itself, which finds it where no operation is known yet.
  const isOAuth = matched?.description.errors === 'oauth' && problem.code !== 'request_timeout';
  if (isOAuth) sendOAuthError(ctx, problem);
  else sendDocument(ctx, problem);
}

function sendDocument(ctx: Context, problem: Problem): void {
  const { detail, errors, scopes } = problem.parts;
  ctx.body = {
    type: `${ctx.state.services.publicUrl}/problems/${problem.code}`,
    title: problem.title,
    status: problem.status,
    ...(detail ? { detail } : {}),
    instance: ctx.path,
    code: problem.code,
    ...(scopes ? { scopes } : {}),
    ...(errors ? { errors } : {}),
    request_id: ctx.state.requestId,
  };
  ctx.type = 'application/problem+json';
}

/** Bad metadata is always 400 there; other failures keep their status. */
function sendOAuthError(ctx: Context, problem: Problem): void {
  const [member] = errorsOfMembers.filter(([pointer]) =>
    problem.parts.errors?.some((one) => one.code !== 'required' && one.pointer.startsWith(pointer)),
  );
  const error = member?.[1] ?? oauthErrors[problem.code];
  if (ctx.status === 422) ctx.status = 400;
  const wrong = problem.parts.errors
    ?.map(({ pointer, message }) => `${pointer || 'the body'} ${message}`)
    .join('; ');
  ctx.body = {
    error:
      error ??
      (problem.status >= 500 || problem.status === 429 ? 'temporarily_unavailable' : 'invalid_request'),
    error_description: problem.parts.detail ?? wrong ?? problem.title,
  };
  ctx.type = 'application/json';
}
