import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface FinishTenantChangeOverInput {
  id: string;
  /** `made_by` of the change-over: a job that comes late must not finish the next one. */
  madeBy: string;
}

/** `settings` before `web_app`, whose client has them until then. */
export const finishTenantChangeOverSteps = ['members', 'settings', 'web_app', 'close'] as const;

/** The registry marks the tenant before; from then on the upkeep completes it, too. */
export const finishTenantChangeOver = relayJob<FinishTenantChangeOverInput, null>()({
  name: 'tenants.change-over.finish',
  tenant: 'none',
  access: 'management',
  repeat: 'idempotent',
  firstCall: 'createUser',
  attempts: 12,
  keepMs: A_DAY_MS,
  recordsSuccess: true,
});
