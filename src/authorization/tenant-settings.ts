/** Who may choose what of a tenant's settings: its own people, within what the operator allows. Pure. */
import { MIN_REQUESTS_PER_MINUTE } from '../contract/request-floor.ts';
import { Problem, type FieldError } from '../problem.ts';
import type { AppAccess } from './app-access.ts';

/** How much a tenant may have or do at the same time. */
export interface TenantLimits {
  imports: number;
  api_keys: number;
  requests_per_minute: number;
  requests_per_minute_per_principal: number;
}

/** What holds in a deployment for tenants whose entry says nothing. */
export interface TenantDefaults extends TenantLimits {
  /** All that there are. */
  roles: readonly string[];
  default_app_access: 'allow' | 'deny';
}

/** What a tenant's entry says of it; what it does not say is the deployment's own. */
interface Settings {
  limits?: Partial<TenantLimits>;
  max_limits?: Partial<TenantLimits>;
  assignable_roles?: readonly string[];
  allowed_roles?: readonly string[];
  default_app_access?: 'allow' | 'deny';
}

const NAMES = [
  ...(['imports', 'api_keys'] as const),
  ...(['requests_per_minute', 'requests_per_minute_per_principal'] as const),
];

/** Settings can always be read and put right: no limit on requests is lower, whoever set it. Of the others, 0 means none. */
const FLOOR: TenantLimits = {
  imports: 0,
  api_keys: 0,
  requests_per_minute: MIN_REQUESTS_PER_MINUTE,
  requests_per_minute_per_principal: MIN_REQUESTS_PER_MINUTE,
};

/** Every setting as it holds. */
export interface SettingsInForce {
  limits: TenantLimits;
  max_limits: TenantLimits;
  assignable_roles: string[];
  allowed_roles: string[];
  default_app_access: 'allow' | 'deny';
}

export function settingsInForce(tenant: Settings, defaults: TenantDefaults): SettingsInForce {
  const max_limits = limitsOf({ limits: tenant.max_limits ?? {} }, defaults);
  const allowed_roles = [...(tenant.allowed_roles ?? tenant.assignable_roles ?? defaults.roles)];
  return {
    limits: limitsOf(tenant, defaults),
    max_limits,
    assignable_roles: [...(tenant.assignable_roles ?? allowed_roles)],
    allowed_roles,
    default_app_access: tenant.default_app_access ?? defaults.default_app_access,
  };
}

/** The limits that hold. @param tenant its entry. @param defaults of the deployment: `services.tenants.defaults` */
export function limitsOf(
  { limits, max_limits }: Pick<Settings, 'limits' | 'max_limits'>,
  defaults: TenantLimits,
): TenantLimits {
  const said = { ...defaults, ...max_limits, ...limits };
  return {
    imports: lifted('imports', said.imports),
    api_keys: lifted('api_keys', said.api_keys),
    requests_per_minute: lifted('requests_per_minute', said.requests_per_minute),
    requests_per_minute_per_principal: lifted(
      'requests_per_minute_per_principal',
      said.requests_per_minute_per_principal,
    ),
  };
}

/** Entries may be older than the floor. */
const lifted = (name: keyof TenantLimits, limit: number): number => Math.max(FLOOR[name], limit);

function belowFloor(limits: Partial<TenantLimits> | undefined, at: string): FieldError[] {
  return NAMES.filter((name) => (limits?.[name] ?? FLOOR[name]) < FLOOR[name]).map((name) => ({
    in: 'body',
    pointer: `${at}/${name}`,
    code: 'below_minimum',
    message: `is below ${FLOOR[name]}, with which settings can still be put right`,
  }));
}

/** Whether apps of which it said nothing may act for its users. @param byDefault of the deployment */
export function appAccessByDefault(
  { default_app_access }: Pick<Settings, 'default_app_access'>,
  byDefault: AppAccess,
): AppAccess {
  if (default_app_access === undefined) return byDefault;
  return default_app_access === 'allow' ? 'allowed' : 'denied';
}

interface OwnChanges {
  limits?: Partial<TenantLimits> | undefined;
  assignable_roles?: readonly string[] | undefined;
}

/**
 * What a tenant's own people choose.
 * @returns what its entry says then; what was not chosen goes on following the bounds and the deployment
 * @throws Problem `invalid_body`, for what is beyond the operator's bounds or below the floor
 */
export function chooseWithin(tenant: Settings, defaults: TenantDefaults, changes: OwnChanges) {
  const inForce = settingsInForce(tenant, defaults);
  const errors = belowFloor(changes.limits, '/limits');
  const wrong = (pointer: string, code: string, message: string) =>
    errors.push({ in: 'body', pointer, code, message });
  for (const name of NAMES) {
    const max = inForce.max_limits[name];
    if ((changes.limits?.[name] ?? 0) > max)
      wrong(`/limits/${name}`, 'above_maximum', `is above ${max}, as far as the operator allows`);
  }
  changes.assignable_roles?.forEach((role, index) => {
    if (!inForce.allowed_roles.includes(role))
      wrong(`/assignable_roles/${index}`, 'role_not_allowed', 'is no role that the operator allows');
  });
  if (errors.length > 0) throw new Problem('invalid_body', { errors });
  const { limits, assignable_roles } = changes;
  return {
    limits: limits ? { ...tenant.limits, ...limits } : tenant.limits,
    // Without a bound of their own, those that may be given would be it.
    allowed_roles: assignable_roles ? inForce.allowed_roles : tenant.allowed_roles,
    assignable_roles: assignable_roles ? [...assignable_roles] : tenant.assignable_roles,
  };
}

interface Bounds {
  max_limits?: Partial<TenantLimits> | undefined;
  allowed_roles?: readonly string[] | undefined;
}

/**
 * What the operator bounds: what stood at the old bound moves with it, what is beyond the new one is cut to it, the rest stays.
 * @returns what the tenant's entry says then
 * @throws Problem `invalid_body`, for a bound below the floor
 */
export function moveBounds(tenant: Settings, defaults: TenantDefaults, bounds: Bounds) {
  const errors = belowFloor(bounds.max_limits, '/max_limits');
  if (errors.length > 0) throw new Problem('invalid_body', { errors });
  const inForce = settingsInForce(tenant, defaults);
  const { allowed_roles, max_limits } = bounds;
  return {
    ...(max_limits ? limitsWithin(tenant, inForce.max_limits, max_limits) : undefined),
    ...(allowed_roles ? rolesWithin(inForce, allowed_roles) : undefined),
  };
}

function limitsWithin(
  tenant: Settings,
  before: TenantLimits,
  bounds: Partial<TenantLimits>,
): Pick<Settings, 'limits' | 'max_limits'> {
  const max = { ...before, ...bounds };
  // A limit that is not said is at its bound, wherever that moves.
  const limits = Object.fromEntries(
    NAMES.flatMap((name) => {
      const said = tenant.limits?.[name];
      const own = said === undefined ? undefined : lifted(name, said);
      return own === undefined || own === before[name] || own >= max[name] ? [] : [[name, own]];
    }),
  );
  return { max_limits: { ...tenant.max_limits, ...bounds }, limits };
}

function rolesWithin({ allowed_roles, assignable_roles }: SettingsInForce, allowed: readonly string[]) {
  const stoodAtBound = allowed_roles.every((role) => assignable_roles.includes(role));
  return {
    allowed_roles: [...allowed],
    assignable_roles: stoodAtBound ? [...allowed] : assignable_roles.filter((role) => allowed.includes(role)),
  };
}
