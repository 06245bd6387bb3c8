/**
 * What clients at the authority say of themselves (`client_metadata`: ten values of 255 characters), so that the registry can be made anew
 * from them. A tenant is told of by the client of its single-page app.
 */
import type { AppClient, AppFlag, ApiKeyClient } from './clients.ts';
import type { Limits, Tenant } from './tenants.ts';
import { redisTimestamp } from '../redis/clock.ts';

type Metadata = Record<string, unknown>;

/** In this order, without their names: two times four limits and the rest have to fit into one value. */
const LIMITS = [
  ...(['imports', 'api_keys'] as const),
  ...(['requests_per_minute', 'requests_per_minute_per_principal'] as const),
];

const toNumbers = (limits: Partial<Limits> | undefined): (number | null)[] | undefined =>
  limits && LIMITS.map((name) => limits[name] ?? null);

function fromNumbers(numbers: readonly (number | null)[]): Partial<Limits> {
  return Object.fromEntries(
    LIMITS.flatMap((name, index) => {
      const number = numbers[index] ?? null;
      return number === null ? [] : [[name, number]];
    }),
  );
}

export function tenantToMetadata(tenant: Tenant): Record<string, string> {
  const { id, name, status, connection, owns_connection, created_at, made_by, deletion } = tenant;
  const { limits, max_limits, assignable_roles, allowed_roles, default_app_access } = tenant;
  const settings = {
    l: toNumbers(limits),
    m: toNumbers(max_limits),
    a: assignable_roles,
    r: allowed_roles,
    d: default_app_access,
  };
  return {
    kind: 'user',
    tenant_id: id,
    tenant_name: name,
    // A tenant that is half made is not opened by a registry that comes back: it has no key and no password.
    tenant_status: deletion ? `deleting ${deletion.users} ${deletion.since}` : status,
    connection: owns_connection ? `own ${connection}` : `shared ${connection}`,
    settings: JSON.stringify(settings),
    created_at,
    ...(made_by === undefined ? {} : { made_by }),
  };
}

/** @returns undefined when they do not tell of a tenant, or not enough */
export function tenantFromMetadata(metadata: Metadata, clientId: string): Tenant | undefined {
  const text = (name: string) => (typeof metadata[name] === 'string' ? metadata[name] : '');
  const [ownership, connection] = text('connection').split(' ', 2);
  if (text('kind') !== 'user' || !text('tenant_id') || !connection) return undefined;
  const [status = 'active', users, since] = text('tenant_status').split(' ', 3);
  const { l, m, a, r, d } = JSON.parse(text('settings') || '{}') as {
    [key in 'l' | 'm']?: (number | null)[];
  } & { [key in 'a' | 'r']?: string[] } & { d?: 'allow' | 'deny' };
  return {
    id: text('tenant_id'),
    name: text('tenant_name') || text('tenant_id'),
    // Its job is lost with the registry, and nobody was ever told its secrets: the operator looks.
    status: status === 'creating' ? 'suspended' : (status as Tenant['status']),
    connection,
    ...(ownership === 'own' ? { owns_connection: true as const } : {}),
    web_app: clientId,
    ...(l ? { limits: fromNumbers(l) } : {}),
    ...(m ? { max_limits: fromNumbers(m) } : {}),
    ...(a ? { assignable_roles: a } : {}),
    ...(r ? { allowed_roles: r } : {}),
    ...(d ? { default_app_access: d } : {}),
    created_at: text('created_at') || redisTimestamp(),
    ...(text('made_by') ? { made_by: text('made_by') } : {}),
    ...(status === 'deleting' && since
      ? { deletion: { users: users === 'delete' ? ('delete' as const) : ('keep' as const), since } }
      : {}),
  };
}

type AppStanding = Omit<AppClient, 'client_id' | 'created_at' | 'secret_hash'>;

/** Beside what it registered; '' takes away what stood there. */
export function appToMetadata(app: AppStanding): Record<string, string> {
  const { status, status_by, vouched_by = '', vouch_lapsed_at, statement_issuer = '', flags = [] } = app;
  return {
    kind: 'app',
    app_status: status_by === undefined ? status : `${status} ${status_by}`,
    vouched_by: vouch_lapsed_at === undefined ? vouched_by : `${vouched_by} lapsed ${vouch_lapsed_at}`,
    statement_issuer,
    app_flags: flags.join(' '),
    registration_token_hash: app.registration_token_hash ?? '',
  };
}

/**
 * @param scopes of its client grant for users. Its time begins anew: when it was used last is not known any more
 * @returns without what only its own registration tells
 */
export function appFromMetadata(
  metadata: Metadata,
  { client_id, name = 'An app' }: { client_id: string; name?: string },
  scopes: string[],
): AppClient {
  const text = (member: string) => (typeof metadata[member] === 'string' ? metadata[member] : '');
  const [status, by] = text('app_status').split(' ', 2);
  const [vouchedBy, , vouchLapsedAt] = text('vouched_by').split(' ', 3);
  const flags = text('app_flags').split(' ').filter(Boolean) as AppFlag[];
  const optional = (member: 'statement_issuer' | 'registration_token_hash') =>
    text(member) ? { [member]: text(member) } : {};
  return {
    kind: 'app',
    client_id,
    name,
    scopes,
    registration: 'dynamic',
    // Whoever does not say is let in by nobody but the tenants that allow it.
    status: status === 'approved' || status === 'blocked' ? status : 'pending',
    ...(by ? { status_by: by } : {}),
    ...(flags.length > 0 ? { flags } : {}),
    ...(vouchedBy ? { vouched_by: vouchedBy } : {}),
    ...(vouchLapsedAt ? { vouch_lapsed_at: vouchLapsedAt } : {}),
    ...optional('statement_issuer'),
    ...optional('registration_token_hash'),
    created_at: redisTimestamp(),
  };
}

/** When a key was made, and whose successor it is: in one value, because there are only ten. */
export function writeCreation(createdAt: string, replaces?: { clientId: string; retiresAt: string }): string {
  return replaces ? `${createdAt} replaces ${replaces.clientId} ${replaces.retiresAt}` : createdAt;
}

/** @param scopes of its client grant. @returns undefined when they do not tell of an API key */
export function keyFromMetadata(
  metadata: Metadata,
  client: { client_id: string; name?: string },
  scopes: string[],
): ApiKeyClient | undefined {
  const {
    kind,
    tenant_id,
    created_at = '',
    created_by = '',
    expires_at,
  } = metadata as Record<string, string>;
  if (kind !== 'tenant' || typeof tenant_id !== 'string') return undefined;
  const [makerKind, makerId] = created_by.split(' ', 2);
  const addresses = Object.keys(metadata)
    .filter((name) => name.startsWith('addresses_'))
    .sort()
    .flatMap((name) => String(metadata[name]).split(' '));
  return {
    kind: 'tenant',
    client_id: client.client_id,
    tenant_id,
    name: client.name ?? 'API key',
    scopes,
    ...((makerKind === 'user' || makerKind === 'tenant') && makerId
      ? { created_by: { kind: makerKind, id: makerId } }
      : {}),
    ...(expires_at ? { expires_at } : {}),
    ...(addresses.length > 0 ? { allowed_addresses: addresses } : {}),
    created_at: created_at.split(' ', 1)[0] || redisTimestamp(),
  };
}

/** Of a successor: the key that it replaces, and when that one ends. */
export function predecessorFromMetadata(
  metadata: Metadata,
): { clientId: string; retiresAt: string } | undefined {
  const created = metadata['created_at'];
  const [, , clientId, retiresAt] = typeof created === 'string' ? created.split(' ', 4) : [];
  return clientId && retiresAt ? { clientId, retiresAt } : undefined;
}
