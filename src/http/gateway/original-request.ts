/**
 * The request that a proxy asks about (forward authentication). Traefik and Caddy send `X-Forwarded-Method` and
 * `X-Forwarded-Uri`; configurations of nginx and HAProxy `X-Original-Method` and `X-Original-URI`; Envoy's `ext_authz`
 * keeps the method, and appends the path to its `path_prefix`.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { Problem } from '../../problem.ts';
import { readTarget } from '../request-head.ts';

/**
 * `/auth/decision` is answered with 200, or with the refusal. `/auth/refusal` is for proxies that cannot pass on the
 * answer that they asked for (nginx), and show what they kept of it: it is never answered with 200.
 */
const PATH = /^\/auth\/(decision|refusal)(?=$|[/?])/;

export interface OriginalRequest {
  asksFor: 'decision' | 'refusal';
  method: string;
  /** Path and query, in origin-form. */
  url: string;
}

/** RFC 9110 section 9.1. */
const METHOD = /^[A-Z]{1,20}$/;

/** @returns undefined when the request asks for no decision */
export function originalRequest(request: {
  method?: string | undefined;
  url: string;
  headers: IncomingHttpHeaders;
}): OriginalRequest | undefined {
  const { method = '', url, headers } = request;
  const [path, asksFor] = PATH.exec(url) ?? [];
  if (path === undefined) return undefined;
  const appended = url.slice(path.length);
  const target = agreed('URI', headers['x-forwarded-uri'], headers['x-original-uri']);
  const methods = [headers['x-forwarded-method'], headers['x-original-method']];
  const original: OriginalRequest = {
    asksFor: asksFor === 'refusal' ? asksFor : 'decision',
    // A proxy that appends the path keeps the method; others ask by GET, whatever the original one is.
    method: agreed('method', ...methods, ...(target === undefined ? [method] : [])) ?? '',
    url: target ?? appended,
  };
  if (target !== undefined && appended.startsWith('/')) throw wrong('It names the original request twice.');
  if (target === undefined && !appended.startsWith('/')) throw wrong('It names no original request.');
  if (!METHOD.test(original.method) || readTarget(original) !== original.url)
    throw wrong('The original request is malformed.');
  return original;
}

/** A field that another proxy, or the caller, has added must not decide. */
function agreed(what: string, ...fields: (string | string[] | undefined)[]): string | undefined {
  const [first, ...others] = fields.flat().filter((field) => field !== undefined);
  if (others.some((other) => other !== first)) throw wrong(`The fields for the original ${what} differ.`);
  return first;
}

const wrong = (detail: string) => new Problem('malformed_request', { detail });
