/**
 * The wanted account as files of auth0-deploy-cli 8: `tenant.yaml`, the code of Actions beside it, and a configuration that lets it touch
 * nothing else. A type that is listed is one of which `AUTH0_ALLOW_DELETE` would delete the rest.
 */
import { stringify } from 'yaml';
import type { PresentAccount } from './present-account.ts';
import type { WantedAccount } from './wanted-account.ts';

/** Types in `tenant.yaml`. */
const INCLUDED = [
  'tenant',
  'resourceServers',
  'clients',
  'clientAuthCredentials',
  'clientGrants',
  'actions',
  'triggers',
];
/** What tenants make by Trivium, and where: in a configuration of your own with `AUTH0_ALLOW_DELETE`. */
export const EXCLUDED = ['clients', 'clientGrants', 'connections', 'databases', 'organizations'];

/** Begins each `tenant.yaml` that is made here. */
export const MADE_BY = '# Made by `trivium setup --deploy-cli`:';

const HEAD = `${MADE_BY} what Trivium needs of this account, and nothing else of it.

 auth0-deploy-cli import --input_file tenant.yaml --config_file config.json

 Never with AUTH0_ALLOW_DELETE: of each type that is listed here it deletes what is not, and the API keys, web apps and apps of tenants,
 which Trivium's workers make, are not. AUTH0_EXCLUDE_THIRD_PARTY_CLIENTS does not save them: API keys are first-party clients.
 If you use it with files of your own, leave these types to Trivium there: AUTH0_EXCLUDED=${JSON.stringify(EXCLUDED)}

 It replaces the bindings of a trigger: those that were there are listed first. Run \`trivium setup --deploy-cli\` again if there are others.`;

/** Name → content. */
export type Files = ReadonlyMap<string, string>;

/** @param url of the account */
export function deployCliFiles(wanted: WantedAccount, present: PresentAccount, url: string): Files {
  const code = wanted.actions.map(({ own, body }) => [`actions/trivium-${own.key}.js`, body.code] as const);
  const config = {
    AUTH0_DOMAIN: new URL(url).host,
    AUTH0_ALLOW_DELETE: false,
    AUTH0_INCLUDED_ONLY: INCLUDED,
  };
  return new Map([
    ['tenant.yaml', treeOf(wanted, present)],
    ['config.json', `${JSON.stringify(config, undefined, 2)}\n`],
    ...code,
  ]);
}

function treeOf({ tenantSettings, api, clients, actions }: WantedAccount, present: PresentAccount): string {
  const tree = {
    tenant: tenantSettings,
    resourceServers: [api],
    clients: clients.map(({ client, credential: { alg: _alg, ...credential } }) => ({
      ...client,
      client_authentication_methods: { private_key_jwt: { credentials: [credential] } },
    })),
    clientGrants: clients.map(({ client, grant: { audience, scope } }) => ({
      client_id: client.name,
      audience,
      scope,
      subject_type: 'client',
    })),
    actions: actions.map(({ own, body: { code: _code, ...body } }) => ({
      ...body,
      code: `./actions/trivium-${own.key}.js`,
      deployed: true,
    })),
    triggers: Object.fromEntries(actions.map(({ own }) => [own.trigger, bindingsOf(own, present)])),
  };
  return `${HEAD.replaceAll('\n', '\n#')}\n${stringify(tree, { lineWidth: 0 })}`;
}

/** Those of others as they are, and ours as the last one. */
function bindingsOf(own: { name: string; trigger: string }, { bindings }: PresentAccount) {
  const others = (bindings.get(own.trigger) ?? []).filter(({ action }) => action !== own.name);
  return [...others, { action: own.name, name: own.name }].map(({ action, name }) => ({
    action_name: action,
    display_name: name,
  }));
}
