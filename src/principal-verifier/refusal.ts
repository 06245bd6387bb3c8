/** The answer to a request without a valid token: a problem document (RFC 9457). */
import { PrincipalError } from './principal-error.ts';

export interface Refusal {
  status: number;
  fields: Record<string, string>;
  body: string;
}

const TITLES = { 401: 'Unauthorized', 403: 'Forbidden', 503: 'Service Unavailable' } as const;

/** @throws the error when it is not one of ours */
export function refusalFor(error: unknown): Refusal {
  if (!(error instanceof PrincipalError)) throw error;
  const { status, code, message } = error;
  const fields: Record<string, string> = {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
  };
  // RFC 9110 section 15.5.2: a 401 has a challenge.
  if (status === 401) fields['WWW-Authenticate'] = `Trivium-Principal error="${code}"`;
  if (status === 503) fields['Retry-After'] = '1';
  const problem = { type: 'about:blank', title: TITLES[status], status, code, detail: message };
  return { status, fields, body: JSON.stringify(problem) };
}

/** Header fields as Node has them: names in lower case. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

export const FIELD = 'trivium-principal';
