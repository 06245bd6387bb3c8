import type { ClientRegistration } from '../../registry/client-registration.ts';
import type { RegisterAppOutcome } from './registerApp.ts';
import { relayJob } from '../relay-job.ts';

export interface UpdateRegisteredAppInput {
  clientId: string;
  metadata: ClientRegistration;
  /** Seconds since 1970. */
  issuedAt: number;
  /** As it was: what the authority need not be told is not. */
  before: ClientRegistration;
}

/** The authority's half of it: the registry follows when this has ended well. */
export const updateRegisteredApp = relayJob<UpdateRegisteredAppInput, RegisterAppOutcome>()({
  name: 'clients.update',
  tenant: 'none',
  access: 'apps',
  repeat: 'idempotent',
  firstCall: 'listClientGrants',
  attempts: 3,
  keepMs: 60_000,
  shownOnce: true,
});
