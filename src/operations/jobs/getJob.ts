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
  return { status: 200, body: presentJob(record, services.publicUrl, answerOf(record)) };
};

function answerOf({ ended, operationId }: JobRecord): { status: number; body?: unknown } | undefined {
  if (!ended || !('outcome' in ended)) return undefined;
  return (relayedAnswers[operationId] as (outcome: unknown) => { status: number; body?: unknown })(
    ended.outcome,
  );
}
