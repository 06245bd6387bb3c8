/** Formats a problem document (RFC 9457) for people. */
import type { components } from './generated-contract.ts';
import { Failure } from './exit-codes.ts';
import { jsonOf } from './json-of.ts';
import { plainText } from './plain-text.ts';

type ProblemDocument = Partial<components['schemas']['Problem']>;

/** Most errors shown. */
const SHOWN_ERRORS = 5;
/** Timeout of the request for a hint on what to do next, which is optional. */
const HINT_MS = 2_000;

/** @param url of the API, which explains each code */
export async function explainProblem(url: string, response: Response): Promise<Failure> {
  const { status } = response;
  const ending = status >= 500 ? 'unreachable' : 'refused';
  const problem = await jsonOf<ProblemDocument | null>(response).catch(() => undefined);
  if (!problem?.code) {
    const what = `The server answered ${status} ${response.statusText}, which is not an answer of Trivium.`;
    return new Failure(ending, [plainText(what), 'Is --url (or TRIVIUM_URL) the address of the API?'], {
      status,
    });
  }
  const { title, detail, code, errors = [], request_id } = problem;
  const next = await hint(url, code);
  const lines = [
    `${title ?? 'Refused'} (${code}, ${status})`,
    ...(detail ? [`  ${detail}`] : []),
    ...errors
      .slice(0, SHOWN_ERRORS)
      .map(({ in: place, pointer, message }) => `  ${place} ${pointer}: ${message}`),
    ...(next ? [`  What to do: ${next}`] : []),
    ...retryAfter(response.headers.get('retry-after')),
    ...(request_id ? [`  Request id: ${request_id}`] : []),
  ];
  return new Failure(ending, lines.map(plainText), { status });
}

function retryAfter(value: string | null): string[] {
  return value && /^\d+$/.test(value) ? [`  Again in: ${value} seconds`] : [];
}

async function hint(url: string, code: string): Promise<string | undefined> {
  if (!/^[a-z0-9_]+$/.test(code)) return undefined;
  try {
    const answer = await fetch(`${url}/problems/${code}`, { signal: AbortSignal.timeout(HINT_MS) });
    return (await jsonOf<{ next?: string }>(answer)).next;
  } catch {
    return undefined;
  }
}
