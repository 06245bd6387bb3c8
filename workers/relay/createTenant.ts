import { Problem } from '../../src/problem.ts';
import { performOrUndo } from './in-steps.ts';
import type { Performer } from './performer.ts';
import { stepsOfTenant } from './tenant-steps.ts';

export const createTenant: Performer<'createTenant'> = async (context, input, { jobId }) => {
  await context.tenants.unfinished.add(`${jobId} ${input.id}`);
  const made = await performOrUndo(
    context.jobSteps,
    jobId,
    stepsOfTenant(context, { jobId, id: input.id }, input),
  );
  const { tenant, webApp, key, client_secret, adminId, ticket } = made;
  // Completed long ago by a worker that died before storing the outcome: the secrets have expired.
  if (!tenant || !key || !client_secret || !adminId || !ticket) throw new Problem('outcome_unknown');
  const { defaults } = input;
  return { tenant, webApp, key, client_secret, admin: { userId: adminId, ...ticket }, defaults };
};
