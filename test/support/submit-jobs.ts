import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { JobRecord } from '../../src/relay/job-records.ts';
import type { JobStore } from '../../src/relay/job-store.ts';

export type Operation = 'getUser' | 'updateUser' | 'createUser' | 'deleteApiKey';

interface Wanted {
  tenant: string;
  caller: string;
  count?: number | undefined;
  operationId?: Operation | undefined;
}

/** Relay jobs that wait for their turns, with no ticket on any queue. Their ids are `<tenant>.<caller>.<number>.<operation>.<uuid>`. */
export async function submitJobs(
  records: JobStore,
  { tenant, caller, count = 1, operationId = 'updateUser' }: Wanted,
): Promise<JobRecord[]> {
  const made: JobRecord[] = [];
  for (let i = 0; i < count; i += 1) {
    const job = await records.create({
      id: `${tenant}.${caller}.${i}.${operationId}.${randomUUID()}`,
      operationId,
      tenantId: tenant,
      requestId: 'r',
      input: {},
      fingerprint: undefined,
      flight: undefined,
      ticket: randomUUID(),
      event: undefined,
      by: undefined,
      maker: undefined,
      makerUser: undefined,
      subject: undefined,
      flow: { name: `tenant/${tenant}`, caller },
    });
    if (typeof job !== 'object' || !('record' in job)) throw new Error(`not made: ${JSON.stringify(job)}`);
    if (operationId !== 'getUser') expect(await records.release(job.record)).to.equal('released');
    made.push(job.record);
  }
  return made;
}
