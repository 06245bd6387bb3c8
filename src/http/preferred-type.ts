/** Content negotiation: the media type that the caller prefers (RFC 9110 section 12.5.1). */
import type { Context } from './state.ts';

/** A media type parameter other than the weight; its value is a token or a quoted string. */
const OTHER_PARAMETERS = /;(?!\s*q=)[^;,="]*(?:=(?:"(?:[^"\\]|\\.)*"?|[^;,"]*))?/gi;

/**
 * Ignores media type parameters (`charset`, `version`): each type has one representation, while the library would
 * require every parameter to match.
 * @param offers media types without parameters
 * @returns undefined when none of them is acceptable
 */
export function preferredType(ctx: Context, offers: string[]): string | undefined {
  const { headers } = ctx.req;
  if (headers.accept?.trim() === '') delete headers.accept;
  if (headers.accept === undefined || headers.accept === '*/*') return offers[0];
  headers.accept = headers.accept.replaceAll(OTHER_PARAMETERS, '');
  return ctx.accepts(offers) || undefined;
}

/** Whether the caller prefers a page to JSON, as browsers do. Callers that accept anything get JSON. */
export const prefersPage = (ctx: Context): boolean =>
  preferredType(ctx, ['application/json', 'text/html']) === 'text/html';
