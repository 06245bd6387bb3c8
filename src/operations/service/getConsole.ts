import { escapeHtml } from '../../html.ts';
import { Problem } from '../../problem.ts';
import type { Services } from '../../services.ts';
import type { Operation } from '../operation.ts';
import { readConsoleBuild, type ConsoleManifest } from './console-build.ts';

type Shown = Pick<Services, 'brand' | 'config' | 'contract'>;

export const getConsole: Operation<'getConsole', keyof Shown> = ({ services }) => {
  const { AUTHORITY_URL, CONSOLE_CLIENT_ID } = services.config;
  if (CONSOLE_CLIENT_ID === undefined)
    throw new Problem('not_found', { detail: 'There is no console here: CONSOLE_CLIENT_ID is not set.' });
  const build = readConsoleBuild();
  if (!build) throw new Problem('not_found', { detail: 'The console is not built: run `npm run build`.' });
  return {
    status: 200,
    type: 'text/html',
    body: page(services, CONSOLE_CLIENT_ID, build.manifest),
    headers: {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy(new URL(AUTHORITY_URL).origin),
      // The code of a sign-in is in the address.
      'Referrer-Policy': 'no-referrer',
    },
  };
};

/** All that the page needs to know is in attributes: it has no inline script. */
function page(
  { brand, config, contract }: Shown,
  clientId: string,
  { script, styles, worker }: ConsoleManifest,
) {
  const known = {
    issuer: config.AUTHORITY_URL,
    'client-id': clientId,
    audience: config.AUDIENCE,
    'brand-name': brand.name,
    'worker-url': `/console-files/${worker}`,
    'support-url': brand.supportUrl ?? '',
    logo: brand.logo?.dataUrl ?? '',
    color: brand.color ?? '',
    scopes: JSON.stringify(Object.fromEntries(contract.scopeTexts)),
  };
  const attributes = Object.entries(known).map(([name, value]) => `data-${name}="${escapeHtml(value)}"`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(brand.name)} console</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/console-files/${styles}">
<script type="module" src="/console-files/${script}"></script>
</head>
<body>
<div id="console" ${attributes.join(' ')}></div>
<noscript>The console needs JavaScript.</noscript>
</body>
</html>
`;
}

/** Content Security Policy Level 3, and Trusted Types: the page runs and shows nothing that is not ours. */
const policy = (issuer: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${issuer}`,
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join(';');
