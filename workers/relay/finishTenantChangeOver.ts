import { stepsOfFinishing } from './change-over-steps.ts';
import { executeSteps } from './in-steps.ts';
import type { Performer } from './performer.ts';

/** Not undone: it continues until the old way is removed, by this job or by the upkeep. */
export const finishTenantChangeOver: Performer<'finishTenantChangeOver'> = async (
  context,
  input,
  { jobId },
) => {
  await executeSteps(context.jobSteps, jobId, stepsOfFinishing(context, input));
  return null;
};
