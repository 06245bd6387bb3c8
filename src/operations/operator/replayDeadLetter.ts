import { Problem } from '../../problem.ts';
import { afterChange } from '../../redis/unanswered.ts';
import { presentJob } from '../jobs/present-job.ts';
import type { Operation } from '../operation.ts';

export const replayDeadLetter: Operation<'replayDeadLetter', 'deadLetters' | 'publicUrl' | 'relay'> = async ({
  path,
  services,
}) => {
  const record = await services.deadLetters.revive(path.job_id);
  if (!record) throw new Problem('not_found');
  await afterChange(() => services.relay.resume(record));
  return { status: 202, body: presentJob(record, services.publicUrl) };
};
