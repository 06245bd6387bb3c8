// Serves the app. What it must know comes from the environment, or, in a checkout, from what `npm start` has written.
//
//     TRIVIUM_DEV_JSON=.trivium/example-orders/dev.json node examples/spa/server.mjs
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { PORT = '5173', TRIVIUM_DEV_JSON } = process.env;
const file = (name) => readFileSync(new URL(name, import.meta.url));
// Built for browsers, beside the one that bundlers take.
const library = new URL(
  '../auth0-spa-js.production.esm.js',
  pathToFileURL(createRequire(import.meta.url).resolve('@auth0/auth0-spa-js')),
);
const files = {
  '/app.js': ['text/javascript', file('app.js')],
  '/auth0-spa-js.js': ['text/javascript', readFileSync(library)],
  '/config.json': ['application/json', JSON.stringify(config())],
};
const page = ['text/html', file('index.html')];

createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  // The callback is the app itself.
  const [type, body] = files[pathname] ?? (pathname === '/' || pathname === '/callback' ? page : []);
  if (!type) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
}).listen(Number(PORT), 'localhost', () => console.log(`Open http://localhost:${PORT}`));

function config() {
  const { AUTH0_DOMAIN: domain, AUTH0_CLIENT_ID: clientId, AUDIENCE: audience, API_URL: api } = process.env;
  if (!TRIVIUM_DEV_JSON) return { domain, clientId, audience, api };
  const dev = JSON.parse(readFileSync(TRIVIUM_DEV_JSON, 'utf8'));
  const [tenant] = dev.tenants;
  return {
    domain: dev.authority.replace(/\/$/, ''),
    clientId: tenant.spa_client_id,
    audience: dev.audience,
    api: dev.api,
  };
}
