import type { Context } from 'koa';
import type { LogEntry } from '../../log-book.ts';
import type { Answer, Call } from '../endpoint.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Larger bodies are left out, so that the log stays small. Auth0's bound is not documented. */
const BODY_CHARS_MAX = 16_384;
/** Recorded: these calls show the scopes of the token, others don't. */
const SHOWS_SCOPES = '/api/v2/users';

/** A write at the Management API, as Auth0 logs it (recorded), with its request and its answer, but for their secrets. */
export function operationEvent(ctx: Context, call: Call, answer: Answer, description: string): LogEntry {
  const scopes = ctx.path.startsWith(SHOWS_SCOPES) ? { scopes: [...call.caller.scopes] } : {};
  return {
    type: 'sapi',
    description,
    client_id: call.caller.clientId,
    ip: ctx.ip,
    user_agent: ctx.get('user-agent'),
    details: {
      request: {
        auth: { credentials: scopes, strategy: 'jwt', user: {} },
        body: bodyOf(call.body ?? null),
        channel: 'api',
        ip: ctx.ip,
        method: ctx.method.toLowerCase(),
        path: ctx.path,
        query: Object.fromEntries(call.query),
        userAgent: ctx.get('user-agent'),
      },
      response: { body: bodyOf(answer.body ?? {}), statusCode: answer.status },
    },
  };
}

function bodyOf(body: unknown): unknown {
  const shown = withoutSecrets(body);
  return JSON.stringify(shown).length > BODY_CHARS_MAX ? {} : shown;
}
