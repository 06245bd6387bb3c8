import type { ClientRegistration } from '../../registry/client-registration.ts';
import type { RegisterAppOutcome } from './registerApp.ts';
import { relayJob } from '../relay-job.ts';

export interface UpdateRegisteredAppInput {
  clientId: string;
  metadata: ClientRegistration;
  /** Seconds since 1970. */
  issuedAt: number;
  /** Previous metadata: unchanged values are not sent to Auth0. */
  before: ClientRegistration;
}

/** Updates the client at Auth0; the registry is updated when this has succeeded. */
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
