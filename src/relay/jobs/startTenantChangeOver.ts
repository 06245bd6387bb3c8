import type { ChangeOver, ChangeOverAims } from '../../registry/change-over.ts';
import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface StartTenantChangeOverInput extends ChangeOverAims {
  id: string;
  /** ISO 8601. */
  endsAt?: string;
  /** Client ids of the deployment's single-page app. */
  sharedClients: readonly string[];
  /** Only reports what would be done. */
  dryRun?: true;
}

export interface ChangeOverPreview extends ChangeOverAims {
  users: number;
  newMembers: number;
  calls: number;
  minutes: number;
  webApps: number;
}

export type StartTenantChangeOverOutcome = { id: string } & (
  { changeOver: ChangeOver } | { preview: ChangeOverPreview }
);

/** In this order; undone in reverse after a permanent failure, but for `sign_in`: what is mostly refused comes before it. */
export const startTenantChangeOverSteps = ['begin', 'organization', 'sign_in', 'members', 'open'] as const;

export const startTenantChangeOver = relayJob<StartTenantChangeOverInput, StartTenantChangeOverOutcome>()({
  name: 'tenants.change-over.start',
  tenant: 'none',
  access: 'management',
  repeat: 'idempotent',
  firstCall: 'findConnection',
  attempts: 12,
  keepMs: A_DAY_MS,
});
