/**
 * Renders an error as an HTML page, for a user whose browser an app redirected here. No external resources or scripts, and
 * no link but that to the deployment's support.
 */
import { brandedPage } from '../branded-page.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import { escapeHtml } from '../html.ts';
import type { Brand } from '../settings/brand.ts';
import { prefersPage } from './preferred-type.ts';
import type { Context } from './state.ts';

/** Whether the client prefers HTML, and the contract describes an HTML answer for this status. */
export function wantsPage(ctx: Context, status: number): boolean {
  if (!prefersPage(ctx)) return false;
  // Not `ctx.state.matched`: errors before routing, HEAD and other methods come from the same browser, too.
  const here = [...ctx.state.services.contract.operations.values()].filter(({ path }) => path === ctx.path);
  return here.some(({ answers }) =>
    status === METHOD_NOT_ALLOWED
      ? [...answers].some(([other, answer]) => other >= 400 && hasPage(answer))
      : hasPage(answers.get(status)),
  );
}

/** No operation describes 405: it means that the path has no operation of that method. */
const METHOD_NOT_ALLOWED = 405;

const hasPage = (answer: { schemaPointers: Map<string, string> } | undefined): boolean =>
  answer?.schemaPointers.has('text/html') ?? false;

/** @param what description of the error, as in the OAuth error */
export function refusalPage({ problem, what, requestId, brand }: Refusal): string {
  const { code, title, status } = problem;
  const reference = `${status} ${code}, request ${requestId}`;
  return brandedPage(brand, {
    title,
    body: `<p>${escapeHtml(what)}</p>
<p>You were not signed in, and the app that sent you here has been given nothing.</p>
<p><strong>What you can do:</strong> ${escapeHtml(whatToDo(problem))}</p>
<p><small>${escapeHtml(reference)}</small></p>`,
  });
}

interface Refusal {
  problem: Problem;
  what: string;
  requestId: string;
  brand: Brand;
}

function whatToDo({ code, status, parts }: Problem): string {
  if (STARTED_AGAIN.has(code)) return 'Go back to the app and sign in again.';
  const seconds = Number(parts.headers?.['Retry-After']);
  if (seconds > 0) return `Wait ${inWords(seconds)}, go back to the app and try again.`;
  if (status >= 500)
    return 'Go back to the app and try again later. If this happens again, report it to the operator of this service and quote the reference below.';
  return 'You cannot fix this yourself. Close this page and report it to the makers of the app: quote the message above and the reference below.';
}

/** Nothing is wrong with the app: a sign-in that begins there again gets further. */
const STARTED_AGAIN = new Set<ProblemCode>(['authorization_request_expired', 'cross_site_form']);

const inWords = (seconds: number): string =>
  seconds < 100 ? `${seconds} second${seconds === 1 ? '' : 's'}` : `${Math.ceil(seconds / 60)} minutes`;
