/** `event` of the two triggers, as far as the stand-in knows it (Auth0 docs, "Event object"). Without secrets of the request. */
import { accessOf } from '../management/roles/user-access.ts';
import type { Client, Organization, ResourceServer, StoredUser } from '../store/records.ts';
import type { Store } from '../store/store.ts';

export interface ActionRequest {
  ip: string;
  method: string;
  hostname: string;
  user_agent: string;
  query: Record<string, unknown>;
  body: Record<string, unknown>;
}

export interface Parties {
  issuer: string;
  client: Client;
  /** Left out: no API is asked for. */
  server: ResourceServer | undefined;
  organization: Organization | undefined;
  request: ActionRequest;
  /** As the request has them. */
  parameters: Readonly<Record<string, unknown>>;
  scopes: readonly string[];
}

export function postLoginEvent(
  store: Store,
  { profile, connection: name }: StoredUser,
  parties: Parties,
  isRefresh: boolean,
): object {
  const { parameters, scopes } = parties;
  const connection = store.connections.first('name', name);
  const roles = accessOf(store, profile.user_id).roles.flatMap((id) => store.roles.get(id)?.name ?? []);
  return {
    ...commonEvent(parties),
    authentication: { methods: [{ name: 'pwd', timestamp: profile.last_login ?? profile.updated_at }] },
    authorization: { roles },
    connection: {
      id: connection?.id,
      name,
      strategy: connection?.strategy ?? 'auth0',
      metadata: connection?.metadata ?? {},
    },
    stats: { logins_count: profile.logins_count ?? 1 },
    transaction: {
      protocol: isRefresh ? 'oauth2-refresh-token' : 'oidc-basic-profile',
      requested_scopes: scopes,
      acr_values: [],
      ui_locales: [],
      redirect_uri: parameters['redirect_uri'],
      response_type: words(parameters['response_type']),
      response_mode: parameters['response_mode'],
      prompt: words(parameters['prompt']),
      state: parameters['state'],
    },
    user: { user_metadata: {}, app_metadata: {}, ...profile },
  };
}

export function credentialsExchangeEvent(parties: Parties): object {
  return {
    ...commonEvent(parties),
    accessToken: { scope: parties.scopes, customClaims: {} },
    transaction: { requested_scopes: words(parties.parameters['scope']) },
  };
}

function commonEvent({ issuer, client, server, organization, request }: Parties): object {
  return {
    client: { client_id: client.client_id, name: client.name, metadata: client.client_metadata ?? {} },
    ...(organization && { organization: { metadata: {}, ...organization } }),
    request: { geoip: {}, ...request },
    ...(server && { resource_server: { identifier: server.identifier } }),
    tenant: { id: new URL(issuer).hostname.split('.')[0] },
  };
}

function words(value: unknown): string[] {
  return typeof value === 'string' ? value.split(' ').filter(Boolean) : [];
}
