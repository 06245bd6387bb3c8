import { Problem } from '../../src/problem.ts';
import type { Performer } from './performer.ts';

/**
 * What was accepted for a tenant and has not begun is not done once the tenant is suspended or gone. What has begun is brought to its
 * end: only so its outcome is known.
 */
export function ofActiveTenant<Input extends { tenantId: string }, Outcome>(
  performer: Performer<Input, Outcome>,
): Performer<Input, Outcome> {
  return async (bench, input, attempt) => {
    const tenant = attempt.mayBeDone ? undefined : await bench.tenants.read(input.tenantId);
    if (!attempt.mayBeDone && tenant?.status !== 'active') throw new Problem('tenant_suspended');
    return performer(bench, input, attempt);
  };
}
