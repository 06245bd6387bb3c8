/** `npm run -s token -- user acme [member]`, `… -- app acme`, `… -- operator`: prints an access token, got as a real caller gets it. */
import { isRunning, readDevJson } from './dev-json.ts';
import { connectOutsideApp } from './outside-app.ts';
import { accessToken, ownToken } from './sign-in.ts';

const [kind, tenantId = 'acme', role = 'admin'] = process.argv.slice(2);
const dev = readDevJson();
if (!dev || !(await isRunning(dev))) stop('Nothing is running: `npm start` first.');
const tenant = dev.tenants.find(({ id }) => id === tenantId);
const user = tenant?.users.find(({ roles }) => roles.includes(role));
if (!tenant || !user || !['user', 'app', 'operator'].includes(kind ?? '')) {
  stop('Usage: npm run -s token -- user|app [acme|globex] [admin|member], or operator');
}

const get = {
  app: async () => (await connectOutsideApp(dev.api, user)).accessToken,
  operator: () => ownToken(dev, dev.operator),
  user: () =>
    accessToken({
      authority: dev.authority,
      clientId: tenant.spa_client_id,
      redirectUri: tenant.spa_redirect_uri,
      audience: dev.audience,
      scope: 'openid profile email',
      ...user,
    }),
};
const token = await get[kind as keyof typeof get]().catch((error: unknown) =>
  stop(`No token: ${wordsOf(error)}`),
);
console.log(token);

/** What the server said, where it said why (RFC 6749 section 5.2); a stack is of no use here. */
function wordsOf(error: unknown): string {
  const { error_description: said, cause } = error as { error_description?: string; cause?: unknown };
  const inner = cause instanceof Error ? ` (${cause.message})` : '';
  return said ?? (error instanceof Error ? error.message + inner : String(error));
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
