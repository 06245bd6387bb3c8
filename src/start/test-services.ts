/**
 * `npm run test-services -- services.yaml`: tries at each operation of the services, in a deployment that runs, that
 * nobody gets in who may not. Of `npm start` it knows the callers; elsewhere they come from the environment.
 */
import { loadGateway } from '../gateway/load-gateway.ts';
import { ServicesFault } from '../gateway/declaration/services-fault.ts';
import { readDevJson, type DevJson } from './dev-json.ts';
import { connectOutsideApp } from './outside-app.ts';
import { checkServices, type Credentials } from './service-checks.ts';
import { accessToken } from './sign-in.ts';

const VARIABLES = {
  apiKey: 'TEST_API_KEY',
  admin: 'TEST_ADMIN',
  member: 'TEST_MEMBER',
  app: 'TEST_APP',
  otherKey: 'TEST_OTHER_API_KEY',
} as const satisfies Record<keyof Credentials, string>;

const file = process.argv[2] ?? process.env['SERVICES'];
const dev = readDevJson();
const api = process.env['TEST_API_URL'] ?? dev?.api;
if (!file || !api)
  stop(
    `Usage: npm run test-services -- services.yaml, while \`npm start\` runs (TRIVIUM_HOME names its folder); or with TEST_API_URL, and ${Object.values(VARIABLES).join(', ')}: values of Authorization`,
  );
try {
  const credentials =
    process.env['TEST_API_URL'] === undefined && dev ? await ofDevelopment(dev) : fromEnvironment();
  let count = 0;
  let failed = 0;
  for await (const { operation, what, wrong } of checkServices(api, loadGateway(file), credentials)) {
    count += 1;
    if (wrong !== undefined) failed += 1;
    console.log(
      `${wrong === undefined ? 'ok    ' : 'WRONG '} ${operation}: ${what}${wrong === undefined ? '' : `: ${wrong}`}`,
    );
  }
  console.log(`\n${count} checks, ${failed} wrong.`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof Error)) throw error;
  stop(
    error instanceof ServicesFault
      ? error.message
      : `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`,
  );
}

function fromEnvironment(): Credentials {
  const found = Object.entries(VARIABLES).map(([name, variable]) => [name, process.env[variable]] as const);
  const missing = found.filter(([, value]) => !value).map(([name]) => VARIABLES[name as keyof Credentials]);
  if (missing.length > 0) throw new Error(`${missing.join(', ')}: not set`);
  return Object.fromEntries(found) as unknown as Credentials;
}

async function ofDevelopment({ authority, audience, api: url, tenants }: DevJson): Promise<Credentials> {
  const [tenant, other] = tenants;
  const userOf = (role: string) => tenant?.users.find(({ roles }) => roles.includes(role));
  const [admin, member] = [userOf('admin'), userOf('member')];
  if (!tenant || !other || !admin || !member) throw new Error('dev.json has no two tenants with their users');
  const tokenOf = async (user: typeof admin) => {
    const { spa_client_id: clientId, spa_redirect_uri: redirectUri, organization } = tenant;
    const scope = 'openid profile email';
    return `Bearer ${await accessToken({ authority, audience, clientId, redirectUri, organization, scope, ...user })}`;
  };
  const basic = ({ client_id, client_secret }: typeof tenant.api_key) =>
    `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
  return {
    apiKey: basic(tenant.api_key),
    admin: await tokenOf(admin),
    member: await tokenOf(member),
    app: `Bearer ${(await connectOutsideApp(url, admin)).accessToken}`,
    otherKey: basic(other.api_key),
  };
}

function stop(message: string): never {
  console.error(message);
  process.exit(1);
}
