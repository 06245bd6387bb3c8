/** The wanted account as resources of Terraform's provider auth0/auth0, 1.x (its documentation, docs/resources). */
import { randomUUID } from 'node:crypto';
import { block, Reference, resource, type HclBody } from './hcl.ts';
import type { PresentAccount } from './present-account.ts';
import type { WantedAccount, WantedClient } from './wanted-account.ts';

/** Settings of the account that the provider's `auth0_tenant` has no attribute for. */
const NOT_IN_PROVIDER = ['authorization_response_iss_parameter_supported'];

const HEAD = `# Made by \`trivium setup --terraform\`: what Trivium needs of this account, and nothing else of it.
#
# Tenants' API keys, web apps, third-party apps, their grants, connections and organizations are made by Trivium's workers: no resource for
# them belongs here. auth0_trigger_action appends to the bindings of a trigger; auth0_trigger_actions would replace those of others.
# What is in the account already is taken over by the import blocks (Terraform 1.5 or later); remove them after the first apply.
`;

export function terraform(wanted: WantedAccount, present: PresentAccount): string {
  return [
    HEAD,
    block('terraform', {
      blocks: [
        ['required_providers', { attributes: { auth0: { source: 'auth0/auth0', version: '~> 1.0' } } }],
      ],
    }),
    ...imports(wanted, present),
    tenant(wanted, present),
    ...api(wanted),
    ...wanted.clients.flatMap(client),
    ...actions(wanted),
  ].join('\n');
}

/** Each resource by the id that its page of the provider names. */
function imports({ api: { identifier }, actions: all }: WantedAccount, present: PresentAccount): string[] {
  const { apiId, clients, actionIds, bindings } = present;
  const ofClients = Object.entries(clients).flatMap(([role, client]) => [
    [`auth0_client.trivium_${role}`, client?.id],
    [`auth0_client_credentials.trivium_${role}`, client?.id],
    [`auth0_client_grant.trivium_${role}`, client?.grantId],
  ]);
  const ofActions = all.flatMap(({ own: { key, name, trigger } }) => {
    const id = actionIds.get(key);
    const isBound = bindings.get(trigger)?.some(({ action }) => action === name);
    return [
      [`auth0_action.trivium_${key}`, id],
      [`auth0_trigger_action.trivium_${key}`, isBound && id ? `${trigger}::${id}` : undefined],
    ];
  });
  const found = [
    // Any will do: an account has one.
    ['auth0_tenant.trivium', randomUUID()],
    ['auth0_resource_server.trivium', apiId],
    ['auth0_resource_server_scopes.trivium', apiId && identifier],
    ...ofClients,
    ...ofActions,
  ];
  return found.flatMap(([to = '', id]) =>
    id === undefined ? [] : [block('import', { attributes: { to: new Reference(to), id } })],
  );
}

function tenant(
  { tenantSettings: { flags, ...settings } }: WantedAccount,
  { sessionLifetimes }: PresentAccount,
): string {
  const missing = NOT_IN_PROVIDER.filter((name) => name in settings);
  const known = Object.entries(settings).filter(([name]) => !NOT_IN_PROVIDER.includes(name));
  const patch = Object.fromEntries(missing.map((name) => [name, settings[name]]));
  const note = `# The provider has no attribute for ${missing.join(', ')}; if \`trivium setup --check\` asks for it:
#   auth0 api patch tenants/settings --data '${JSON.stringify(patch)}'
`;
  return (
    (missing.length > 0 ? note : '') +
    resource('auth0_tenant', 'trivium', {
      attributes: {
        ...Object.fromEntries(known.map(([name, value]) => [name, value === true])),
        // The provider has defaults for them, which it would set.
        ...sessionLifetimes,
      },
      blocks: [['flags', { attributes: flags }]],
    })
  );
}

function api({
  api: { scopes, subject_type_authorization: subjects, ...attributes },
}: WantedAccount): string[] {
  const policy = (name: 'user' | 'client') => [name, { attributes: subjects[name] }] as const;
  return [
    resource('auth0_resource_server', 'trivium', {
      attributes: attributesOf(attributes),
      blocks: [['subject_type_authorization', { blocks: [policy('user'), policy('client')] }]],
    }),
    resource('auth0_resource_server_scopes', 'trivium', {
      attributes: { resource_server_identifier: new Reference('auth0_resource_server.trivium.identifier') },
      blocks: scopes.map(({ value, description }) => [
        'scopes',
        { attributes: { name: value, description } },
      ]),
    }),
  ];
}

function client({ role, client: wanted, credential, grant }: WantedClient): string[] {
  const { jwt_configuration: jwt, ...attributes } = wanted;
  const id = new Reference(`auth0_client.trivium_${role}.id`);
  const { alg, ...named } = credential;
  const ofOurs = role === 'operator';
  return [
    resource('auth0_client', `trivium_${role}`, {
      attributes: attributesOf(attributes),
      blocks: [['jwt_configuration', { attributes: jwt }]],
    }),
    resource('auth0_client_credentials', `trivium_${role}`, {
      attributes: { client_id: id, authentication_method: 'private_key_jwt' },
      blocks: [
        ['private_key_jwt', { blocks: [['credentials', { attributes: { ...named, algorithm: alg } }]] }],
      ],
    }),
    resource('auth0_client_grant', `trivium_${role}`, {
      attributes: {
        client_id: id,
        audience: ofOurs ? new Reference('auth0_resource_server.trivium.identifier') : grant.audience,
        scopes: grant.scope,
        subject_type: 'client',
      },
    }),
  ];
}

function actions(wanted: WantedAccount): string[] {
  return wanted.actions.flatMap(({ own, body }) => [
    resource('auth0_action', `trivium_${own.key}`, {
      attributes: { name: body.name, runtime: body.runtime, deploy: true, code: body.code },
      blocks: body.supported_triggers.map((trigger) => ['supported_triggers', { attributes: trigger }]),
    }),
    resource('auth0_trigger_action', `trivium_${own.key}`, {
      attributes: {
        trigger: own.trigger,
        action_id: new Reference(`auth0_action.trivium_${own.key}.id`),
        display_name: body.name,
      },
    }),
  ]);
}

/** @throws TypeError for a value that no attribute has: then the wanted state has become richer than this */
function attributesOf(values: Readonly<Record<string, unknown>>): NonNullable<HclBody['attributes']> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, attributeOf(name, value)]));
}

function attributeOf(name: string, value: unknown) {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
  throw new TypeError(`${name} has no form in HCL`);
}
