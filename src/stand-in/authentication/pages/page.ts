import type { Context } from 'koa';

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f3f4f8, #15161c); }
  main { box-sizing: border-box; width: min(26rem, 94vw); padding: 2rem; border-radius: .75rem;
    background: light-dark(#fff, #20222b); box-shadow: 0 .25rem 1.5rem #0003; }
  h1 { margin: 0 0 .25rem; font-size: 1.4rem; }
  p.note { margin: 0 0 1.5rem; font-size: .85rem; color: light-dark(#555a6b, #a9aec0); }
  label { display: block; margin: 1rem 0 .25rem; font-weight: 600; }
  input { box-sizing: border-box; width: 100%; padding: .6rem; font: inherit; border: 1px solid #8a8fa3; border-radius: .4rem; }
  button { margin: 1.25rem .5rem 0 0; padding: .6rem 1.4rem; font: inherit; font-weight: 600; border-radius: .4rem;
    border: 1px solid #3f4ad6; background: #3f4ad6; color: #fff; cursor: pointer; }
  button.plain { background: transparent; color: inherit; border-color: #8a8fa3; }
  :focus-visible { outline: 3px solid #8b93ff; outline-offset: 2px; }
  [role=alert] { padding: .6rem .8rem; border-radius: .4rem; background: light-dark(#fde8e8, #52202a); }
  code { overflow-wrap: anywhere; }
`;

/** Sends a whole page. The body is trusted markup: values in it must be escaped. */
export function sendPage(ctx: Context, status: number, title: string, body: string): void {
  ctx.status = status;
  ctx.type = 'html';
  ctx.set('cache-control', 'no-store');
  ctx.set('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  ctx.set('referrer-policy', 'no-referrer');
  ctx.body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="note">This is a local stand-in for Auth0, for development and tests. It is not Auth0.</p>
${body}
</main>
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
