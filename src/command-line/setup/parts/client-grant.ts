/** What one of our clients may do: exactly these scopes. */
import type { AccountPart } from '../context.ts';
import type { Json } from '../answers.ts';
import { emptyPlan, type Change, type Finding, type PartPlan } from '../plan.ts';
import type { Machine } from './machine-client.ts';

export interface WantedGrant {
  audience: string;
  scope: readonly string[];
  /** It may have these, too. */
  optional?: readonly string[];
  why: string;
}

export const clientGrant =
  ({ role, name }: Machine, wanted: WantedGrant): AccountPart =>
  async ({ management, clientIds }) => {
    const clientId = clientIds.get(role);
    if (clientId === undefined) return { ...emptyPlan(), changes: [grantWithout(name, wanted)] };
    const query = { client_id: clientId };
    return planGrant(name, clientId, await management.list('/client-grants', 'client_grants', query), wanted);
  };

const inWords = (scope: readonly string[]) =>
  scope.length === 0 ? 'tokens without scopes' : `${scope.length} scopes`;

const grantWithout = (name: string, { audience, scope, why }: WantedGrant): Change => ({
  item: name,
  what: `grant it ${inWords(scope)} at ${audience}`,
  why,
});

export function planGrant(
  item: string,
  client_id: string,
  grants: readonly Json[],
  wanted: WantedGrant,
): PartPlan {
  const { audience, scope, optional = [], why } = wanted;
  const findings = grants.filter((one) => one['audience'] !== audience).map((one) => elsewhere(item, one));
  const grant = grants.find((one) => one['audience'] === audience && one['subject_type'] !== 'user');
  if (!grant) {
    const body = { client_id, audience, scope, subject_type: 'client' };
    const step = { kind: 'request', method: 'POST', path: '/client-grants', body } as const;
    return { ...emptyPlan(), findings, changes: [{ ...grantWithout(item, wanted), step }] };
  }
  const held: string[] = Array.isArray(grant['scope']) ? grant['scope'].map(String) : [];
  const missing = scope.filter((one) => !held.includes(one));
  const allowed = held.filter((one) => optional.includes(one) && !scope.includes(one));
  const extra = held.filter((one) => !scope.includes(one) && !allowed.includes(one));
  const isOpen = grant['allow_all_scopes'] === true;
  if (missing.length + extra.length === 0 && !isOpen) return { ...emptyPlan(), findings };
  const what = [
    isOpen ? 'allow no longer all scopes' : '',
    missing.length > 0 ? `add ${missing.join(', ')}` : '',
    extra.length > 0 ? `remove ${extra.join(', ')}, which it does not need` : '',
  ].filter(Boolean);
  const body = { scope: [...scope, ...allowed], ...(isOpen && { allow_all_scopes: false }) };
  const path = `/client-grants/${String(grant['id'])}`;
  const step = { kind: 'request', method: 'PATCH', path, body } as const;
  const change = { item, about: 'scopes', what: `at ${audience}: ${what.join('; ')}`, why, step };
  return { ...emptyPlan(), findings, changes: [change] };
}

const elsewhere = (item: string, { audience, id }: Json): Finding => ({
  item,
  about: String(id),
  level: 'drift',
  what: `it has a grant for ${String(audience)}, too`,
  why: 'Trivium does not need it',
  remedy: `Remove it: auth0 api delete client-grants/${String(id)}`,
});
