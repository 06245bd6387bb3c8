/** Which media type of an answer its caller prefers (RFC 9110 section 12.5.1). */
import type { Context } from './state.ts';

/** A parameter of a media range, with its value as a token or a quoted string; all but the weight. */
const OTHER_PARAMETERS = /;(?!\s*q=)[^;,="]*(?:=(?:"(?:[^"\\]|\\.)*"?|[^;,"]*))?/gi;

/**
 * Parameters of a media range (`charset`, `version`) are ignored: the answer has one form for each of its types, and negotiation by the
 * library would have every one of them matched.
 * @param offers media types without parameters. @returns undefined when none of them is acceptable
 */
export function preferredType(ctx: Context, offers: string[]): string | undefined {
  const { headers } = ctx.req;
  if (headers.accept?.trim() === '') delete headers.accept;
  if (headers.accept === undefined) return offers[0];
  headers.accept = headers.accept.replaceAll(OTHER_PARAMETERS, '');
  return ctx.accepts(offers) || undefined;
}

/** Whether the caller prefers a page to JSON, as browsers do. Callers that accept anything get JSON. */
export const prefersPage = (ctx: Context): boolean =>
  preferredType(ctx, ['application/json', 'text/html']) === 'text/html';
