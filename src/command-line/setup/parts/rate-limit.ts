/**
 * Optional: a ceiling for requests of all third-party clients to the Authentication API. Early access: an account that has no such policies is
 * told so, and everything else goes on.
 */
import type { AccountPart } from '../context.ts';
import type { Json } from '../answers.ts';
import { emptyPlan, type Change, type PartPlan } from '../plan.ts';
import { isRefused } from '../reader.ts';

const PATH = '/rate-limit-policies';
const ITEM = 'rate limit of third parties';
const WHY = 'they share the limits of the account with everybody who signs in';
const SELECTED = {
  resource: 'oauth_authentication_api',
  consumer: 'client',
  consumer_selector: 'third_party_clients',
};

export const rateLimit: AccountPart = async ({ management, settings: { thirdPartyRateLimit: limit } }) => {
  if (limit === undefined) return emptyPlan();
  const found = await management.listIfAny(PATH, 'rate_limit_policies', SELECTED);
  if (isRefused(found)) return { ...emptyPlan(), findings: [unavailable(found.refused)] };
  return planRateLimit(
    found.find((one) => Object.entries(SELECTED).every(([name, value]) => one[name] === value)),
    limit,
  );
};

export function planRateLimit(actual: Json | undefined, limit: number): PartPlan {
  const configuration = { action: 'block', limit };
  const { action, limit: present }: Json = { ...(actual?.['configuration'] ?? {}) };
  if (actual && action === 'block' && present === limit) return emptyPlan();
  const step: Change['step'] = actual
    ? { kind: 'request', method: 'PATCH', path: `${PATH}/${String(actual['id'])}`, body: { configuration } }
    : { kind: 'request', method: 'POST', path: PATH, body: { ...SELECTED, configuration } };
  return {
    ...emptyPlan(),
    changes: [{ item: ITEM, about: 'limit', what: `block beyond ${limit} requests`, why: WHY, step }],
  };
}

const unavailable = (reason: string): PartPlan['findings'][number] => ({
  item: ITEM,
  level: 'note',
  what: `Auth0 refuses its policies: ${reason}`,
  why: 'they are early access, and not in every plan',
  remedy:
    'Leave out --third-party-rate-limit, or ask Auth0 for it (a token needs read:, create: and update:rate_limit_policies).',
});
