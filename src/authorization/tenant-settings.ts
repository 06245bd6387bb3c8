/** Which settings a tenant may choose within what the operator allows. Pure. */
import { MIN_REQUESTS_PER_MINUTE } from '../contract/request-floor.ts';
import { Problem, type FieldError } from '../problem.ts';
import type { AppAccess } from './app-access.ts';

/** Limits on what a tenant may have or do concurrently. */
export interface TenantLimits {
  imports: number;
  api_keys: number;
  requests_per_minute: number;
  requests_per_minute_per_principal: number;
}

/** The deployment's defaults for tenants without settings of their own. */
export interface TenantDefaults extends TenantLimits {
  /** All roles of the contract. */
  roles: readonly string[];
  default_app_access: 'allow' | 'deny';
}

/** Settings stored with a tenant; absent ones follow the deployment. */
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

/** Requests always suffice to read and correct the settings, whoever set the limit. For the others, 0 means none. */
const FLOOR: TenantLimits = {
  imports: 0,
  api_keys: 0,
  requests_per_minute: MIN_REQUESTS_PER_MINUTE,
  requests_per_minute_per_principal: MIN_REQUESTS_PER_MINUTE,
};

/** Every setting with its effective value. */
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

/**
 * Effective limits. @param tenant its stored settings @param defaults of the deployment: `services.tenants.defaults`
 */
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

/** Stored values may predate the floor. */
const lifted = (name: keyof TenantLimits, limit: number): number => Math.max(FLOOR[name], limit);

function belowFloor(limits: Partial<TenantLimits> | undefined, at: string): FieldError[] {
  return NAMES.filter((name) => (limits?.[name] ?? FLOOR[name]) < FLOOR[name]).map((name) => ({
    in: 'body',
    pointer: `${at}/${name}`,
    code: 'below_minimum',
    message: `is below ${FLOOR[name]}, the least with which settings can still be corrected`,
  }));
}

/** Whether apps without a decision may act for its users. @param byDefault of the deployment */
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
 * Applies what a tenant itself chooses.
 * @returns its new stored settings; what was not chosen goes on following the bounds and the deployment
 * @throws Problem `invalid_body` for values beyond the operator's bounds or below the floor
 */
export function chooseWithin(tenant: Settings, defaults: TenantDefaults, changes: OwnChanges) {
  const inForce = settingsInForce(tenant, defaults);
  const errors = belowFloor(changes.limits, '/limits');
  const wrong = (pointer: string, code: string, message: string) =>
    errors.push({ in: 'body', pointer, code, message });
  for (const name of NAMES) {
    const max = inForce.max_limits[name];
    if ((changes.limits?.[name] ?? 0) > max)
      wrong(`/limits/${name}`, 'above_maximum', `is above ${max}, the maximum that the operator allows`);
  }
  changes.assignable_roles?.forEach((role, index) => {
    if (!inForce.allowed_roles.includes(role))
      wrong(`/assignable_roles/${index}`, 'role_not_allowed', 'is not a role that the operator allows');
  });
  if (errors.length > 0) throw new Problem('invalid_body', { errors });
  const { limits, assignable_roles } = changes;
  return {
    limits: limits ? { ...tenant.limits, ...limits } : tenant.limits,
    // Without an explicit bound, the assignable roles would become the bound.
    allowed_roles: assignable_roles ? inForce.allowed_roles : tenant.allowed_roles,
    assignable_roles: assignable_roles ? [...assignable_roles] : tenant.assignable_roles,
  };
}

interface Bounds {
  max_limits?: Partial<TenantLimits> | undefined;
  allowed_roles?: readonly string[] | undefined;
}

/**
 * Applies the operator's bounds: a setting equal to its old bound follows the new one, one beyond it is reduced to it,
 * others stay.
 * @returns the tenant's new stored settings
 * @throws Problem `invalid_body` for a bound below the floor
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
  // An absent limit equals its bound, also after the bound moves.
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
