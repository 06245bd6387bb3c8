import type { Adoption } from '../../adoptions/adoption-state.ts';
import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface AdoptUsersInput {
  tenantId: string;
  /** The operator's Lucene; or else ids. */
  query?: string;
  userIds?: readonly string[];
  /** ISO 8601. */
  createdFrom?: string;
  maxUsers: number;
  roles: string[];
  replaceRoles: boolean;
  userEvents: boolean;
  /** Only says what would be done. */
  dryRun: boolean;
}

/** It counts, and keeps outcomes, by its job's id (`AdoptionStore`). */
export interface AdoptUsersOutcome extends Omit<Adoption, 'refused' | 'unpublished' | 'writing' | 'upTo'> {
  refused: [code: string, users: number][];
}

export const adoptUsers = relayJob<AdoptUsersInput, AdoptUsersOutcome>()({
  name: 'users.adopt',
  tenant: 'none',
  access: 'management',
  repeat: 'idempotent',
  firstCall: 'searchUsers',
  attempts: 12,
  keepMs: A_DAY_MS,
});
