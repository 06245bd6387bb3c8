/** The relay jobs, and what their types say. Their keys type the tables of performers and of answers. */
import type { RelayJob } from '../relay-job.ts';
import { relayJobs } from './generated-jobs.ts';

export { relayJobs };
export type RelayJobs = typeof relayJobs;
export type RelayOperationId = keyof RelayJobs;
type TypesOf<Id extends RelayOperationId> = NonNullable<RelayJobs[Id]['types']>;
export type InputOf<Id extends RelayOperationId> = TypesOf<Id>['input'];
export type OutcomeOf<Id extends RelayOperationId> = TypesOf<Id>['outcome'];

/** The rules of an operation's job, whichever it is. */
export const rulesOf = (operationId: RelayOperationId): RelayJob => relayJobs[operationId];
