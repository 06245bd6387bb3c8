import type { components } from '../../contract/generated.ts';
import type { JobRecord } from '../../relay/job-records.ts';
import type { JobSteps } from '../../relay/job-steps.ts';
import { createTenantSteps } from '../../relay/jobs/createTenant.ts';
import { deleteTenantSteps } from '../../relay/jobs/deleteTenant.ts';
import { finishTenantChangeOverSteps } from '../../relay/jobs/finishTenantChangeOver.ts';
import { startTenantChangeOverSteps } from '../../relay/jobs/startTenantChangeOver.ts';

type Steps = Pick<components['schemas']['Job'], 'steps'>;

const stepsOf: Partial<Record<JobRecord['operationId'], readonly string[]>> = {
  createTenant: createTenantSteps,
  deleteTenant: deleteTenantSteps,
  startTenantChangeOver: startTenantChangeOverSteps,
  finishTenantChangeOver: finishTenantChangeOverSteps,
};

/** Empty for a job that has no steps, or has begun none. */
export async function presentSteps(steps: JobSteps, { id, operationId }: JobRecord): Promise<Steps> {
  const names = stepsOf[operationId];
  const standing = names && (await steps.read(id));
  if (!standing) return {};
  return { steps: names.map((name) => ({ name, status: standing.statuses.get(name) ?? 'pending' })) };
}
