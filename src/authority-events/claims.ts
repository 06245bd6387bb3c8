/** What in a user's record names tenants (`workers/relay/whose-user.ts`): the home tenant, and marks of organizations. */
import { isRecord } from '../json.ts';

/** Whether it is true says the registry: anybody who may write `app_metadata` at the authority could have written it. */
export interface Claim {
  tenantId?: string;
  /** `org_…`; left out: the user's home. */
  organization?: string;
  /** It was so before the change, and is not any more. */
  isGone?: true;
}

/** Auth0 allows more members of `app_metadata` than anybody is a guest of. */
const MAX_CLAIMS = 50;
const MAX_ID = 64;

/** @param before `app_metadata` before the change, if known */
export function claimsOf(now: unknown, before?: unknown): Claim[] {
  const current = claimsIn(now);
  const gone = claimsIn(before)
    .filter((one) => !current.some((other) => isSame(one, other)))
    .map((one): Claim => ({ ...one, isGone: true }));
  return [...current, ...gone].slice(0, MAX_CLAIMS);
}

function claimsIn(metadata: unknown): Claim[] {
  if (!isRecord(metadata)) return [];
  const home = metadata['tenant_id'];
  const marks = Object.entries(metadata).flatMap(([organization, mark]): Claim[] => {
    const tenantId = isRecord(mark) ? mark['tenant_id'] : undefined;
    return organization.startsWith('org_') && organization.length <= MAX_ID && isId(tenantId)
      ? [{ tenantId, organization }]
      : [];
  });
  return isId(home) ? [{ tenantId: home }, ...marks] : marks;
}

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= MAX_ID;

const isSame = (one: Claim, other: Claim): boolean =>
  one.tenantId === other.tenantId && one.organization === other.organization;
