import type { Context } from 'koa';
import { escapeHtml, sendPage } from './page.ts';

export interface PageError {
  status: number;
  error: string;
  error_description?: string;
}

/** Shows errors that must not or cannot be sent to the application by a redirect. */
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
