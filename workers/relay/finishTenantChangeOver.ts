import { completedText } from '../../src/events/event.ts';
import { stepsOfFinishing } from './change-over/finish-steps.ts';
import { executeSteps } from './in-steps.ts';
import type { Performer } from './performer.ts';

/** Not undone: it continues until the old way is removed, by this job or by one that the upkeep queues. */
export const finishTenantChangeOver: Performer<'finishTenantChangeOver'> = async (
  context,
  input,
  { jobId, event },
) => {
  const ended = completedText(event, 'tenant.change_over_finished', input.id);
  await executeSteps(context.jobSteps, jobId, stepsOfFinishing(context, input, ended));
  return null;
};
