/** A refusal as a page, for a person whose browser an app sent here. It loads nothing, runs nothing and leads nowhere. */
import type { Problem, ProblemCode } from '../problem.ts';
import { escapeHtml } from '../html.ts';
import { prefersPage } from './preferred-type.ts';
import type { Context } from './state.ts';

/** Whether whoever asks would rather read a page, where the contract has one for this refusal. */
export function wantsPage(ctx: Context, status: number): boolean {
  if (!prefersPage(ctx)) return false;
  // Not `ctx.state.matched`: what is refused before the operation is looked for comes from the same browser, HEAD and other methods, too.
  const here = [...ctx.state.services.contract.operations.values()].filter(({ path }) => path === ctx.path);
  return here.some(({ answers }) =>
    status === METHOD_NOT_ALLOWED
      ? [...answers].some(([other, answer]) => other >= 400 && hasPage(answer))
      : hasPage(answers.get(status)),
  );
}

/** No operation has it among its answers: there is none of that method. */
const METHOD_NOT_ALLOWED = 405;

const hasPage = (answer: { schemaPointers: Map<string, string> } | undefined): boolean =>
  answer?.schemaPointers.has('text/html') ?? false;

/** @param what in words, as the OAuth error says it */
export function refusalPage({ problem, what, requestId }: Refusal): string {
  const { code, title, status } = problem;
  const reference = `${status} ${code}, request ${requestId}`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title></head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(what)}</p>
<p>You were not signed in, and the app that sent you here has been given nothing.</p>
<p><strong>What you can do:</strong> ${escapeHtml(whatToDo(problem))}</p>
<p><small>${escapeHtml(reference)}</small></p>
</body>
</html>
`;
}

interface Refusal {
  problem: Problem;
  what: string;
  requestId: string;
}

function whatToDo({ code, status, parts }: Problem): string {
  if (STARTED_AGAIN.has(code)) return 'Go back to the app and sign in again.';
  const seconds = Number(parts.headers?.['Retry-After']);
  if (seconds > 0) return `Wait ${inWords(seconds)}, go back to the app and try again.`;
  if (status >= 500)
    return 'Go back to the app and try again later. If this happens again, tell whoever runs this service, with the line below.';
  return 'Nothing here. Close this page and tell the people who make the app, with the words above and the line below.';
}

/** Nothing is wrong with the app: a sign-in that begins there again gets further. */
const STARTED_AGAIN = new Set<ProblemCode>(['authorization_request_expired', 'cross_site_form']);

const inWords = (seconds: number): string =>
  seconds < 100 ? `${seconds} second${seconds === 1 ? '' : 's'}` : `${Math.ceil(seconds / 60)} minutes`;
