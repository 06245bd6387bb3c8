import { ownedBy } from '../../authorization/tenant-boundary.ts';
import { Problem } from '../../problem.ts';
import type { JobRecord } from '../../relay/job-records.ts';
import type { Operation } from '../operation.ts';
import { relayedAnswers } from '../relayed-answers.ts';
import { presentJob } from './present-job.ts';

export const getJob: Operation<'getJob'> = async ({ path, principal, services }) => {
  const found = await services.relay.read(path.job_id);
  const record = ownedBy(principal.tenantId, found, (job) => job.tenantId);
  if (!record) throw new Problem('not_found');
  // Looked at first, then shown: another tenant's look must not use up the one time that a secret is shown.
  const shown = (await services.relay.show(record.id)) ?? record;
  return { status: 200, body: presentJob(shown, services.publicUrl, answerOf(shown)) };
};

function answerOf({ ended, operationId }: JobRecord): { status: number; body?: unknown } | undefined {
  if (!ended || !('outcome' in ended)) return undefined;
  return (relayedAnswers[operationId] as (outcome: unknown) => { status: number; body?: unknown })(
    ended.outcome,
  );
}
