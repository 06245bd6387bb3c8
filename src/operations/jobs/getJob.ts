import { ownedBy } from '../../authorization/tenant-boundary.ts';
import { Problem } from '../../problem.ts';
import type { OperatorPrincipal, Principal } from '../../principal.ts';
import type { JobRecord } from '../../relay/job-records.ts';
import { operatorOperations } from '../operation.ts';
import type { Operation } from '../operation.ts';
import { relayedAnswers } from '../relayed-answers.ts';
import type { Viewer } from '../relayed-answers.ts';
import { presentJob } from './present-job.ts';
import { presentSteps } from './present-steps.ts';

export const getJob: Operation<'getJob'> = async ({ path, principal, services }) => {
  const record = ownJob(principal, await services.relay.read(path.job_id));
  if (!record) throw new Problem('not_found');
  // Looked at first, then shown: another tenant's look must not use up the one time that a secret is shown.
  const shown = (await services.relay.show(record.id)) ?? record;
  const answer = answerOf(shown, { seal: services.seal, principal });
  const steps = await presentSteps(services.jobSteps, record);
  return { status: 200, body: { ...presentJob(shown, services.publicUrl, answer), ...steps } };
};

/** The operator's are those that only the operator can call; of a tenant's it knows none. */
function ownJob(principal: Principal | OperatorPrincipal, job: JobRecord | undefined): JobRecord | undefined {
  if (principal.kind !== 'operator') return ownedBy(principal.tenantId, job, ({ tenantId }) => tenantId);
  return job && (operatorOperations as readonly string[]).includes(job.operationId) ? job : undefined;
}

type Present = (outcome: unknown, viewer: Viewer) => { status: number; body?: unknown };

function answerOf({ ended, operationId }: JobRecord, viewer: Viewer): ReturnType<Present> | undefined {
  if (!ended || !('outcome' in ended)) return undefined;
  return (relayedAnswers[operationId] as Present)(ended.outcome, viewer);
}
