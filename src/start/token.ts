/** `npm run -s token -- user acme [member]`, `… -- app acme`, `… -- operator`: prints an access token, obtained as a real caller does. */
import { isRunning, readDevJson } from './dev-json.ts';
import { homeFolder } from './home.ts';
import { connectOutsideApp } from './outside-app.ts';
import { accessToken, ownToken } from './sign-in.ts';

const [kind, tenantId = 'acme', role = 'admin'] = process.argv.slice(2);
const dev = readDevJson();
if (!dev || !(await isRunning(dev)))
  stop(
    `Nothing is running in ${homeFolder()}: \`npm start\` first, or name another folder with TRIVIUM_HOME.`,
  );
const tenant = dev.tenants.find(({ id }) => id === tenantId);
const user = tenant?.users.find(({ roles }) => roles.includes(role));
const ids = dev.tenants.map(({ id }) => id).join('|');
const usage = `Usage: npm run -s token -- user|app [${ids}] [admin|member], or operator`;
if (!tenant || !user) stop(usage);

const get: Record<string, () => Promise<string>> = {
  app: async () => (await connectOutsideApp(dev.api, user)).accessToken,
  operator: () => ownToken(dev, dev.operator),
  user: () =>
    accessToken({
      authority: dev.authority,
      clientId: tenant.spa_client_id,
      redirectUri: tenant.spa_redirect_uri,
      audience: dev.audience,
      scope: 'openid profile email',
      organization: tenant.organization,
      ...user,
    }),
};
const getToken = get[kind ?? ''] ?? stop(usage);
const token = await getToken().catch((error: unknown) => stop(`No token: ${wordsOf(error)}`));
console.log(token);

/** The server's error description, if any (RFC 6749 section 5.2); a stack trace is of no use here. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('error_description' in error) return String(error.error_description);
  return error.message + (error.cause instanceof Error ? ` (${error.cause.message})` : '');
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
