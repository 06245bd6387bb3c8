/** Dependencies of both workers of user imports. */
import type { Redis } from 'ioredis';
import type { Management } from '../../src/auth0/management.ts';
import type { UsageCounter } from '../../src/events/usage.ts';
import type { ImportStore } from '../../src/imports/import-store.ts';
import type { Log } from '../../src/log.ts';
import type { Outages } from '../../src/redis/outage.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { CallRules } from '../call-rules.ts';
import type { MakerCheck } from '../check-maker.ts';
import type { UsersOf } from '../relay/tenant-users.ts';

/** Each import's calls have a queue of their own in the budget, so that imports get equal shares, whichever worker processes them. */
export type ManagementFor = (importId: string, rules?: Partial<CallRules>) => Management;

export interface ImportParts {
  connection: Redis;
  store: ImportStore;
  usage: UsageCounter;
  readTenant: (id: string) => Promise<Tenant | undefined>;
  checkMaker: MakerCheck;
  managementFor: ManagementFor;
  usersOf: UsersOf;
  /** Whether the tenant is an organization, whose members its users are. */
  hasMembers: (tenantId: string) => Promise<boolean>;
  /** Queues the work that makes an import's created users members. */
  addMemberWork: (importId: string) => Promise<void>;
  /** Lock duration of a job, ms: the time until another worker takes over the job of one that died. */
  lockMs: number;
  outages: Outages;
  log: Log;
}
