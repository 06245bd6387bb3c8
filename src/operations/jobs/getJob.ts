import { authorize } from '../../authorization/authorize.ts';
import { ownedBy } from '../../authorization/tenant-boundary.ts';
import type { Contract } from '../../contract/load-contract.ts';
import { Problem } from '../../problem.ts';
import { callerOf, type OperatorPrincipal, type Principal } from '../../principal.ts';
import type { JobRecord } from '../../relay/job-records.ts';
import { rulesOf } from '../../relay/jobs/index.ts';
import type { Services } from '../../services.ts';
import type { NewApiKeyOutcome } from '../../relay/jobs/createApiKey.ts';
import { checkGrantable } from '../api-keys/check-new-api-key.ts';
import type { Operation } from '../operation.ts';
import { relayedAnswers } from '../generated-answers.ts';
import { refuseBeyondScopes } from '../users/refuse-beyond-scopes.ts';
import type { Viewer } from '../relayed.ts';
import { presentJob } from './present-job.ts';
import { presentSteps } from './present-steps.ts';

/** Reading a job's outcome requires the authorization for its operation. */
export const getJob: Operation<
  'getJob',
  'contract' | 'jobSteps' | 'publicUrl' | 'registry' | 'relay' | 'seal'
> = async ({ path, principal, services }) => {
  const record = ownJob(services.contract, principal, await services.relay.read(path.job_id));
  if (!record) throw new Problem('not_found');
  checkRight(services.contract, principal, record);
  // Read first, then show: another caller's request must not use up the one time that a secret is shown.
  const shown = (await showTo(principal, services, record)) ?? record;
  const answer = answerOf(shown, { seal: services.seal, principal });
  const steps = await presentSteps(services.jobSteps, record);
  const job = presentJob(shown, services.publicUrl, answer, principal);
  return { status: 200, body: { ...job, ...steps } };
};

/** For the operator: jobs of operator-only operations. For a tenant: its own jobs. */
function ownJob(
  { operations }: Contract,
  principal: Principal | OperatorPrincipal,
  job: JobRecord | undefined,
): JobRecord | undefined {
  if (principal.kind !== 'operator') return ownedBy(principal.tenantId, job, ({ tenantId }) => tenantId);
  const { security } = (job && operations.get(job.operationId)) ?? {};
  return security?.size === 1 && security.has('operator') ? job : undefined;
}

/** @throws Problem `not_found` for another user's self-service operation, and as `authorize` does */
function checkRight(contract: Contract, principal: Principal | OperatorPrincipal, job: JobRecord): void {
  const operation = contract.operations.get(job.operationId);
  const isOwn = 'userId' in principal && job.subject === principal.userId;
  if (!operation || (operation.self === 'caller' && !isOwn)) throw new Problem('not_found');
  const { self } = operation;
  authorize(operation, principal, self === undefined ? {} : { [self]: job.subject ?? '' });
}

/** An outcome that is shown once is shown only to the caller that made the request. */
async function showTo(
  principal: Principal | OperatorPrincipal,
  services: Pick<Services, 'contract' | 'registry' | 'relay'>,
  job: JobRecord,
): Promise<JobRecord | undefined> {
  const { shownOnce } = rulesOf(job.operationId);
  if (!shownOnce) return services.relay.show(job.id);
  if (job.maker !== callerOf(principal)) return { ...job, ended: undefined };
  if (job.operationId === 'createPasswordReset' && principal.kind !== 'operator' && job.subject !== undefined)
    await refuseBeyondScopes(services, principal, job.subject);
  // That caller may hold fewer scopes by now, or present a token with fewer.
  const madeKey = isOfNewKey(job) && job.ended && 'outcome' in job.ended ? job.ended.outcome : undefined;
  if (madeKey && principal.kind !== 'operator')
    checkGrantable(principal, (madeKey as NewApiKeyOutcome).key.scopes ?? services.contract.scopes);
  return services.relay.show(job.id);
}

const isOfNewKey = ({ operationId }: JobRecord) =>
  operationId === 'createApiKey' || operationId === 'rotateApiKey';

type Present = (outcome: unknown, viewer: Viewer) => { status: number; body?: unknown };

function answerOf({ ended, operationId }: JobRecord, viewer: Viewer): ReturnType<Present> | undefined {
  if (!ended || !('outcome' in ended)) return undefined;
  return (relayedAnswers[operationId] as Present)(ended.outcome, viewer);
}
