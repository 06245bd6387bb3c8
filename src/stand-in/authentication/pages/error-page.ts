import type { Context } from 'koa';
import { escapeHtml, sendPage } from './page.ts';

export interface PageError {
  status: number;
  error: string;
  error_description?: string;
}

/** Errors of which the application must not or cannot be told by a redirect are shown to whoever is at the browser. */
export function sendErrorPage(ctx: Context, { status, error, error_description }: PageError): void {
  const description = error_description ?? 'Something went wrong.';
  sendPage(
    ctx,
    status,
    'This did not work',
    `<p role="alert">${escapeHtml(description)}</p>
<p><code id="error">${escapeHtml(error)}</code></p>`,
  );
}
