import type { Deployment } from './deployment.ts';

/** What to try next: the URLs, and one command for each kind of caller. */
export function nextSteps({ api, authority, tenants, home, plan }: Deployment): string {
  const [tenant] = tenants;
  const { client_id = '', client_secret = '' } = tenant?.api_key ?? {};
  const environment = process.env['TRIVIUM_HOME'] ? `TRIVIUM_HOME=${process.env['TRIVIUM_HOME']} ` : '';
  const token = (words: string) => `$(${environment}npm run -s token -- ${words})`;
  return `
Trivium is ready.

  API            ${api}        its contract, to read and to try: ${api}/docs
  authority      ${authority}       a local stand-in for Auth0, with the limits of plan "${plan}"
                 (STAND_IN_PLAN=free, self-service or enterprise has Auth0's own)
  credentials    ${home}/dev.json

One call for each kind of caller. Paste one in another terminal, in this folder:

  a user       curl -H "Authorization: Bearer ${token(`user ${tenant?.id}`)}" ${api}/v1/users
  a tenant     curl -u '${client_id}:${client_secret}' ${api}/v1/tenant
  an app       curl -H "Authorization: Bearer ${token(`app ${tenant?.id}`)}" ${api}/v1/me

Or all three at work: npm run demo. Ctrl-C stops everything.
`;
}
