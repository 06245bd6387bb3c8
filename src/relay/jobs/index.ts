/** All relay jobs, and their types. The tables of performers and of answers are typed by their keys. */
import type { RelayJob } from '../relay-job.ts';
import { relayJobs } from './generated-jobs.ts';

export { relayJobs };
export type RelayJobs = typeof relayJobs;
export type RelayOperationId = keyof RelayJobs;
type TypesOf<Id extends RelayOperationId> = NonNullable<RelayJobs[Id]['types']>;
export type InputOf<Id extends RelayOperationId> = TypesOf<Id>['input'];
export type OutcomeOf<Id extends RelayOperationId> = TypesOf<Id>['outcome'];

/** Whether this release can read and perform a job: its operation, and the version of it (`format`, default 1). */
export const isKnownJob = (operationId: string, format: string | undefined): boolean =>
  Object.hasOwn(relayJobs, operationId) && Number(format ?? 1) <= formatOf(operationId as RelayOperationId);

/** Version of an operation's jobs that this release makes. */
export const formatOf = (operationId: RelayOperationId): number => rulesOf(operationId).format ?? 1;

/** The rules of any operation's job. */
export const rulesOf = (operationId: RelayOperationId): RelayJob => relayJobs[operationId];
