/**
 * Registry entries as `client_metadata` of clients at the authority (at most ten values of 255 characters), from which the registry can be
 * rebuilt. A tenant is stored with the client of its own single-page app, else with a user (`workers/relay/tenant-settings.ts`).
 */
import { isRecord } from '../json.ts';
import { withoutUndefined } from '../contract/without-undefined.ts';
import { parseStored } from '../redis/replies.ts';
import { changeOverFromText, changeOverToText } from './change-over.ts';
import { APP_FLAGS, type AppClient, type ApiKeyClient } from './clients.ts';
import type { Limits, Tenant } from './tenants.ts';
import { redisTimestamp } from '../redis/clock.ts';

type Metadata = Record<string, unknown>;
/** Values are strings; other types are ignored. */
const textOf = (metadata: Metadata) => (name: string) => {
  const value = metadata[name];
  return typeof value === 'string' ? value : '';
};

/** Stored in this order, without names, because two sets of four limits and the other settings must fit into one value. */
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

/** Joined by blanks, they are one value of the metadata. */
export const MAX_EMAIL_DOMAINS_LENGTH = 255;

export function tenantToMetadata(tenant: Tenant): Record<string, string> {
  const { id, name, status, connection, owns_connection, database, created_at, made_by, deletion } = tenant;
  const { limits, max_limits, assignable_roles, allowed_roles, default_app_access, email_domains } = tenant;
  const { organization, owns_organization, change_over } = tenant;
  const settings = {
    l: toNumbers(limits),
    m: toNumbers(max_limits),
    a: assignable_roles,
    r: allowed_roles,
    d: default_app_access,
  };
  const metadata: Record<string, string> = {
    kind: 'user',
    tenant_id: id,
    tenant_name: name,
    // A rebuild does not activate a partly created tenant, which has no key and no password.
    tenant_status: deletion
      ? `deleting ${deletion.users} ${deletion.since}`
      : status + (change_over ? CHANGING + changeOverToText(change_over) : ''),
    connection: [owns_connection ? 'own' : 'shared', connection, database ?? ''].join(' ').trimEnd(),
    settings: JSON.stringify(settings),
    created_at,
  };
  if (organization) metadata['organization'] = `${owns_organization ? 'own' : 'taken'} ${organization}`;
  if (email_domains) metadata['email_domains'] = email_domains.join(' ');
  if (made_by !== undefined) metadata['made_by'] = made_by;
  return metadata;
}

/** Between a tenant's status and its change-over. */
const CHANGING = ' changing ';

/**
 * @param clientId client id of the tenant's web app; undefined: it has none of its own
 * @returns undefined when the metadata do not describe a tenant, or are incomplete
 */
export function tenantFromMetadata(metadata: Metadata, clientId: string | undefined): Tenant | undefined {
  const text = textOf(metadata);
  const [ownership, connection, database] = text('connection').split(' ', 3);
  if (text('kind') !== 'user' || !text('tenant_id') || !connection) return undefined;
  const [status, users, since] = text('tenant_status').split(' ', 3);
  const [organizationFrom, organization] = text('organization').split(' ', 2);
  const settings = readSettings(text('settings') || '{}');
  const { l, m, a, r, d } = settings ?? {};
  return withoutUndefined<Tenant>({
    id: text('tenant_id'),
    name: text('tenant_name') || text('tenant_id'),
    // A tenant in creation: its job was lost with the registry, and its secrets were never returned. Nor is one active whose settings
    // cannot be parsed: the operator decides.
    status: (settings && KNOWN_STATUSES.find((one) => one === status)) ?? 'suspended',
    connection,
    owns_connection: ownership === 'own' ? true : undefined,
    database: database === 'shared' || database === 'own' ? database : undefined,
    organization: organization || undefined,
    owns_organization: organization && organizationFrom === 'own' ? true : undefined,
    web_app: clientId,
    shared_web_app: clientId === undefined ? true : undefined,
    limits: l && fromNumbers(l),
    max_limits: m && fromNumbers(m),
    assignable_roles: a,
    allowed_roles: r,
    default_app_access: d,
    email_domains: 'email_domains' in metadata ? text('email_domains').split(' ').filter(Boolean) : undefined,
    created_at: text('created_at') || redisTimestamp(),
    made_by: text('made_by') || undefined,
    change_over: changeOverFromText(text('tenant_status').split(CHANGING, 2)[1] ?? ''),
    deletion:
      status === 'deleting' && since ? { users: users === 'delete' ? 'delete' : 'keep', since } : undefined,
  });
}

/** A tenant's `settings`: limits and maximum limits in the order of `LIMITS`, assignable and allowed roles, default app access. */
interface SettingsText {
  l?: (number | null)[];
  m?: (number | null)[];
  a?: string[];
  r?: string[];
  d?: 'allow' | 'deny';
}

/** @returns undefined: somebody changed them, and nobody can read them; one tenant's must not keep the others from coming back */
function readSettings(text: string): SettingsText | undefined {
  try {
    const settings = parseStored<unknown>(text);
    return isRecord(settings) ? settings : undefined;
  } catch {
    return undefined;
  }
}

const KNOWN_STATUSES = ['active', 'suspended', 'deleting'] as const;

type AppState = Omit<AppClient, 'client_id' | 'created_at' | 'secret_hash'>;

/** Our metadata of an app, added to those that it registered; '' removes a value. */
export function appToMetadata(app: AppState): Record<string, string> {
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
 * @param scopes scopes of its client grant for users
 * @returns the app without its client metadata, and with a new creation time, because its last use is unknown
 */
export function appFromMetadata(
  metadata: Metadata,
  { client_id, name = 'An app' }: { client_id: string; name?: string },
  scopes: string[],
): AppClient {
  const text = textOf(metadata);
  const [status, by] = text('app_status').split(' ', 2);
  const [vouchedBy, , vouchLapsedAt] = text('vouched_by').split(' ', 3);
  const flagged = text('app_flags').split(' ');
  const flags = APP_FLAGS.filter((flag) => flagged.includes(flag));
  return withoutUndefined<AppClient>({
    kind: 'app',
    client_id,
    name,
    scopes,
    registration: 'dynamic',
    // Without a status, only tenants that allow the app accept it.
    status: status === 'approved' || status === 'blocked' ? status : 'pending',
    status_by: by || undefined,
    flags: flags.length > 0 ? flags : undefined,
    vouched_by: vouchedBy || undefined,
    vouch_lapsed_at: vouchLapsedAt || undefined,
    statement_issuer: text('statement_issuer') || undefined,
    registration_token_hash: text('registration_token_hash') || undefined,
    created_at: redisTimestamp(),
  });
}

/** A key's creation time and predecessor, in one value, because `client_metadata` has only ten. */
export function writeCreation(createdAt: string, replaces?: { clientId: string; retiresAt: string }): string {
  return replaces ? `${createdAt} replaces ${replaces.clientId} ${replaces.retiresAt}` : createdAt;
}

/** @param scopes scopes of its client grant. @returns undefined when the metadata do not describe an API key */
export function keyFromMetadata(
  metadata: Metadata,
  client: { client_id: string; name?: string },
  scopes: string[],
): ApiKeyClient | undefined {
  const text = textOf(metadata);
  if (text('kind') !== 'tenant' || !text('tenant_id')) return undefined;
  const [makerKind, makerId] = text('created_by').split(' ', 2);
  const isMaker = (makerKind === 'user' || makerKind === 'tenant') && makerId;
  const addresses = Object.keys(metadata)
    .filter((name) => name.startsWith('addresses_'))
    .sort()
    .flatMap((name) => String(metadata[name]).split(' '));
  return withoutUndefined<ApiKeyClient>({
    kind: 'tenant',
    client_id: client.client_id,
    tenant_id: text('tenant_id'),
    name: client.name ?? 'API key',
    scopes,
    created_by: isMaker ? { kind: makerKind, id: makerId } : undefined,
    expires_at: text('expires_at') || undefined,
    allowed_addresses: addresses.length > 0 ? addresses : undefined,
    created_at: text('created_at').split(' ', 1)[0] || redisTimestamp(),
  });
}

/** The key that this one replaces, and when that key ends. */
export function predecessorFromMetadata(
  metadata: Metadata,
): { clientId: string; retiresAt: string } | undefined {
  const created = metadata['created_at'];
  const [, , clientId, retiresAt] = typeof created === 'string' ? created.split(' ', 4) : [];
  return clientId && retiresAt ? { clientId, retiresAt } : undefined;
}
