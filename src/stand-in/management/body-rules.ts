import { invalidBodies, invalidBody, type ApiError } from './api-error.ts';
import type { BodyRules, Rule } from './rule.ts';
import { violations } from './violations.ts';

export type { BodyRules, Rule };

/**
 * @returns the body as an object whose members satisfy the rules
 * The wording of errors is z-schema's, which Auth0 uses: the codes documented for imports are that library's. All of them are told (public
 * reports), but without the descriptions of members that Auth0 adds in brackets.
 */
export function checkBody(body: unknown, rules: BodyRules): Record<string, unknown> {
  const found = violations(body, { type: 'object', members: rules }, '');
  if (found.length > 0) throw invalidBodies(found);
  return body as Record<string, unknown>;
}

/** Specified as `date-time`. */
export function invalidDate(text: string, at: string): ApiError {
  return invalidBody(`Object didn't pass validation for format date-time: ${text}`, at, 'FORMAT');
}
