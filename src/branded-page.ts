/** Pages of our own that people see during a sign-in: they carry the deployment's name, logo, colour and support link, and load nothing. */
import { createHash } from 'node:crypto';
import { escapeHtml } from './html.ts';
import type { Brand } from './settings/brand.ts';

interface Content {
  title: string;
  /** HTML: what goes into the page is escaped by its author. */
  body: string;
}

export function brandedPage(brand: Brand, { title, body }: Content): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${styleOf(brand)}</style></head>
<body>
${header(brand)}<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
${footer(brand)}</body>
</html>
`;
}

/** Allows what such a page contains, and nothing else. `form-action` is left out: browsers hold it against redirects of the form's answer. */
export const brandedPagePolicy = (brand: Brand): string =>
  [
    "default-src 'none'",
    'img-src data:',
    `style-src 'sha256-${createHash('sha256').update(styleOf(brand)).digest('base64')}'`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(';');

const DEFAULT_COLOR = '#1f4fd8';

const styleOf = ({ color = DEFAULT_COLOR }: Brand): string =>
  `:root{color-scheme:light dark;--brand:${color}}body{font:1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem}header{display:flex;align-items:center;gap:.75rem;font-weight:600;border-bottom:3px solid var(--brand);padding-bottom:.75rem}header img{max-height:2.5rem;max-width:10rem}h1{font-size:1.5rem}input:not([type=checkbox]){font:inherit;width:100%;box-sizing:border-box;padding:.5rem;margin-top:.25rem}button{font:inherit;padding:.5rem 1.25rem}`;

/** Where nothing is configured there is nothing to show. */
function header({ name, logo, color }: Brand): string {
  if (name === UNNAMED && !logo && !color) return '';
  const image = logo ? `<img src="${logo.dataUrl}" alt="">` : '';
  return `<header>${image}<span>${escapeHtml(name)}</span></header>\n`;
}

const UNNAMED = 'API';

function footer({ supportUrl }: Brand): string {
  return supportUrl === undefined
    ? ''
    : `<footer><p><small><a href="${escapeHtml(supportUrl)}" rel="noreferrer">Help</a></small></p></footer>\n`;
}
