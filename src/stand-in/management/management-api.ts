import type { IncomingMessage } from 'node:http';
import type { Context } from 'koa';
import { beSlow } from '../latency.ts';
import type { AccessTokens } from './access-tokens.ts';
import { ApiError } from './api-error.ts';
import type { Answer, Call, Caller, Endpoint, FormParts, ManagementServices } from './endpoint.ts';
import { ENDPOINTS } from './endpoints.ts';
import { operationEvent } from './logs/operation-event.ts';

export interface ManagementSettings {
  services: ManagementServices;
  tokens: AccessTokens;
  count: (operation: string, status: number) => void;
}

const PREFIX = '/api/v2/';
/** Auth0 answers 413 above a size that it does not document for JSON. */
const BODY_BYTES_MAX = 1_048_576;

/** Handles everything below /api/v2/, and passes on other requests. */
export function managementApi({ services, tokens, count }: ManagementSettings) {
  const { logs, settings } = services;
  const findEndpoint = router(ENDPOINTS);

  return async function answerManagementCall(ctx: Context, next: () => Promise<void>): Promise<void> {
    if (!ctx.path.startsWith(PREFIX)) return next();
    let operation: string | undefined;
    try {
      // Counted on arrival, however long the body takes.
      spendToken(ctx);
      await beSlow(settings.latency);
      const caller = await tokens.caller(ctx.get('authorization'));
      const found = findEndpoint(ctx.method, ctx.path.slice(PREFIX.length));
      // hapi's answer, which is what Auth0 runs on (public reports of its 404s).
      if (!found) throw new ApiError(404, 'Not Found');
      requireScope(caller, found.endpoint);
      const call: Call = {
        ...services,
        params: found.params,
        query: new URLSearchParams(ctx.querystring),
        body: await readBody(ctx, found.endpoint),
        caller,
      };
      operation = `${found.endpoint.method} /api/v2${found.endpoint.path}`;
      const answer = await found.endpoint.answer(call);
      send(ctx, answer);
      const { logAs } = found.endpoint;
      if (logAs !== undefined) logs.write(operationEvent(ctx, call, answer, logAs));
    } catch (error) {
      if (!(error instanceof ApiError)) ctx.app.emit('error', error, ctx);
      const { status, body } = error instanceof ApiError ? error : new ApiError(500, 'Internal error');
      send(ctx, { status, body });
    }
    if (operation !== undefined) count(operation, ctx.status);
  };

  function spendToken(ctx: Context): void {
    const request = {
      method: ctx.method,
      path: ctx.path.slice(PREFIX.length),
      ip: ctx.ip,
      userAgent: ctx.get('user-agent'),
    };
    const { headers, refusal } = services.limits().management(request, new URLSearchParams(ctx.querystring));
    ctx.set(headers);
    // Public reports of Auth0's 429 body. No `Retry-After`: none is documented here.
    if (refusal !== undefined) throw new ApiError(429, refusal, 'too_many_requests');
  }
}

/** Recorded in the wording: "Insufficient scope, expected any of: …". */
function requireScope(caller: Caller, { scopes }: Endpoint): void {
  if (scopes.some((scope) => caller.scopes.has(scope))) return;
  throw new ApiError(403, `Insufficient scope, expected any of: ${scopes.join(',')}`, 'insufficient_scope');
}

function send(ctx: Context, { status, body, json, headers }: Answer): void {
  ctx.status = status;
  if (headers) ctx.set(headers);
  if (body === undefined && json === undefined) return;
  ctx.type = 'application/json; charset=utf-8';
  ctx.body = json ?? JSON.stringify(body);
}

async function readBody(ctx: Context, { method, form }: Endpoint): Promise<unknown> {
  if (method === 'GET') return undefined;
  if (!form) return parseJson(await readBytes(ctx.req, BODY_BYTES_MAX), method === 'DELETE');
  return parseForm(await readBytes(ctx.req, form.bytesMax), ctx.get('content-type'));
}

async function readBytes(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Events instead of an async iterator, which would cost more than the rest of handling a small body.
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      // The rest is drained, so that the caller gets to see the response.
      if (size <= bytesMax) chunks.push(chunk);
    });
    request.once('end', resolve).once('error', reject);
  });
  // Public reports of this text, with 512000 of an import.
  if (size > bytesMax)
    throw new ApiError(413, `Payload content length greater than maximum allowed: ${bytesMax}`);
  return Buffer.concat(chunks);
}

async function parseForm(bytes: Buffer, contentType: string): Promise<FormParts> {
  try {
    // Parsed by the platform.
    const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
    const parts = [...form].map(async ([name, value]): Promise<[string, string]> => [
      name,
      typeof value === 'string' ? value : await value.text(),
    ]);
    return Object.fromEntries(await Promise.all(parts));
  } catch {
    throw new ApiError(415, 'Unsupported Media Type');
  }
}

function parseJson(bytes: Buffer, mayBeEmpty: boolean): unknown {
  if (bytes.length === 0) return mayBeEmpty ? undefined : {};
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    // hapi's wording.
    throw new ApiError(400, 'Invalid request payload JSON format');
  }
}

interface Branch {
  fixed: Map<string, Branch>;
  variable?: { name: string; branch: Branch };
  endpoints: Map<string, Endpoint>;
}

/** Finds the endpoint for a method and a path, segment by segment. */
function router(endpoints: readonly Endpoint[]) {
  const root: Branch = { fixed: new Map(), endpoints: new Map() };
  for (const endpoint of endpoints) {
    let branch = root;
    for (const segment of endpoint.path.slice(1).split('/')) branch = grow(branch, segment);
    branch.endpoints.set(endpoint.method, endpoint);
  }

  return (
    method: string,
    path: string,
  ): { endpoint: Endpoint; params: Record<string, string> } | undefined => {
    let branch = root;
    const params: Record<string, string> = {};
    for (const segment of path.split('/')) {
      const fixed = branch.fixed.get(segment);
      if (fixed) branch = fixed;
      else if (branch.variable && segment !== '') {
        params[branch.variable.name] = decode(segment);
        branch = branch.variable.branch;
      } else return undefined;
    }
    const endpoint = branch.endpoints.get(method);
    return endpoint && { endpoint, params };
  };
}

function grow(branch: Branch, segment: string): Branch {
  const name = /^\{(\w+)\}$/.exec(segment)?.[1];
  if (name !== undefined) {
    branch.variable ??= { name, branch: { fixed: new Map(), endpoints: new Map() } };
    return branch.variable.branch;
  }
  const known = branch.fixed.get(segment);
  if (known) return known;
  const fresh: Branch = { fixed: new Map(), endpoints: new Map() };
  branch.fixed.set(segment, fresh);
  return fresh;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError(400, 'Bad Request');
  }
}
