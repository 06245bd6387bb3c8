/** What an account is allowed, by the plan it is on. */
export interface Plan {
  name: string;
  /** The one bucket of the Management API; none: no limit. */
  management?: { burst: number; perSecond: number };
  /** Auth0 docs, "Entity limit policy". */
  clientsMax: number;
}

const CLIENTS_MAX = 100_000;

/**
 * Auth0 docs, "Rate limit policy", tables by plan. Self-service plans have a bucket per group of endpoints; until the stand-in has
 * them too, all calls share "all other endpoints combined": 10, 150 a minute.
 */
const PLANS: Record<string, Plan> = {
  off: { name: 'off', clientsMax: CLIENTS_MAX },
  free: { name: 'free', management: { burst: 2, perSecond: 2 }, clientsMax: 10 },
  'self-service': { name: 'self-service', management: { burst: 10, perSecond: 150 / 60 }, clientsMax: 100 },
  enterprise: { name: 'enterprise', management: { burst: 50, perSecond: 16 }, clientsMax: CLIENTS_MAX },
  'enterprise-nonproduction': {
    name: 'enterprise-nonproduction',
    management: { burst: 10, perSecond: 2 },
    clientsMax: CLIENTS_MAX,
  },
  /** No plan of Auth0's: quick enough for tests, with limits that can still be run into. */
  fast: { name: 'fast', management: { burst: 100, perSecond: 500 }, clientsMax: CLIENTS_MAX },
};

export const PLAN_FORMS = `${Object.keys(PLANS).join(', ')} or BURST,PER_SECOND`;

/** @returns undefined for what is no plan */
export function parsePlan(text: string): Plan | undefined {
  if (Object.hasOwn(PLANS, text)) return PLANS[text];
  const numbers = /^(\d+),(\d+(?:\.\d+)?)$/.exec(text);
  const [burst, perSecond] = [Number(numbers?.[1]), Number(numbers?.[2])];
  if (!(burst >= 1 && perSecond > 0)) return undefined;
  return { name: text, management: { burst, perSecond }, clientsMax: CLIENTS_MAX };
}
