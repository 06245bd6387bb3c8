import type { Deployment } from './deployment.ts';
import type { Example } from './examples.ts';
import type { DemoPerson, DemoTenant } from './home.ts';

/** What to try next: the URLs, and one command for each kind of caller. */
export function nextSteps(
  { api, authority, console, tenants, home, plan }: Deployment,
  { example, ownServices }: { example?: Example | undefined; ownServices?: string | undefined } = {},
): string {
  const [tenant] = tenants;
  const organization = tenants.find((one) => one.organization !== undefined);
  const { client_id = '', client_secret = '' } = tenant?.api_key ?? {};
  const environment = process.env['TRIVIUM_HOME'] ? `TRIVIUM_HOME=${process.env['TRIVIUM_HOME']} ` : '';
  const [forUser, forTenant, forApp] = example
    ? [example.path, example.path, example.path]
    : ['/v1/users', '/v1/tenant', '/v1/me'];
  const token = (words: string) => `$(${environment}npm run -s token -- ${words})`;
  return `
Trivium is ready.

  API            ${api}        its contract, to read and to try: ${api}/docs
  console        ${api}/console${peopleOf(tenants[0], console.operator)}
  authority      ${authority}       a local stand-in for Auth0, with the limits of plan "${plan}"
                 (STAND_IN_PLAN=free, self-service or enterprise has Auth0's own)
  credentials    ${home}/dev.json

${servicesLine(example, ownServices, environment)}One call for each kind of caller. Paste one in another terminal, in this folder:

  a user       curl -H "Authorization: Bearer ${token(`user ${tenant?.id}`)}" ${api}${forUser}
  a tenant     curl -u '${client_id}:${client_secret}' ${api}${forTenant}
  an app       curl -H "Authorization: Bearer ${token(`app ${tenant?.id}`)}" ${api}${forApp}

${organization ? ofOrganization(organization, token(`user ${organization.id}`), api) : ''}Or all three at work: ${environment}npm run demo. Ctrl-C stops everything.
`;
}

/** Whom to sign in as there; each on a line of its own, below the address. */
function peopleOf(tenant: DemoTenant | undefined, operator: DemoPerson): string {
  const people = [...(tenant?.users ?? []), operator];
  return people.map(({ email, password }) => `\n                 ${email}   ${password}`).join('');
}

/** Ends with an empty line. */
function servicesLine(example: Example | undefined, own: string | undefined, environment: string): string {
  if (example)
    return `  service        ${example.url}       the example ${example.name}, behind the gateway (${example.services})\n\n`;
  if (!own) return '';
  return `  services       those of ${own}; start them yourself.
                 Who gets in, and who does not: ${environment}npm run test-services -- ${own}\n\n`;
}

/** Ends with an empty line. */
const ofOrganization = ({ id, organization }: DemoTenant, token: string, api: string) =>
  `  an organization   ${id} is one at the authority, ${organization}: its users sign in with "organization"
               curl -H "Authorization: Bearer ${token}" ${api}/v1/me

`;
