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
    if (!attempt.mayBeDone) {
      const tenant = await (attempt.tenant ?? bench.tenants.read(input.tenantId));
      if (tenant?.status !== 'active')
        throw new Problem('tenant_suspended', { internal: 'its tenant is not active' });
    }
    return performer(bench, input, attempt);
  };
}
