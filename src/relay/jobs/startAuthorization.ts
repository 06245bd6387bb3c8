import type { ClientRegistration } from '../../registry/client-registration.ts';
import type { AppClient, NextApp } from '../../registry/clients.ts';
import type { AppEntry } from './registerApp.ts';
import { relayJob } from '../relay-job.ts';

/** A client id metadata document that passed `registration/metadata-document/`. */
export interface RegisterDocumentInput {
  address: string;
  metadata: { app: ClientRegistration; hash: string };
  /** As it was registered before, when it was. */
  known: AppClient | undefined;
  /** Of a new one: what it is entered as. */
  entry: AppEntry | undefined;
  registrationId: string | undefined;
  /** Of a known one: what it changes into. */
  next: NextApp | undefined;
}

export interface RegisterDocumentOutcome {
  client_id: string;
}

const ONE_MINUTE_MS = 60_000;

/** The authority knows documents by their address: registered twice, it is one client. */
export const startAuthorization = relayJob<RegisterDocumentInput, RegisterDocumentOutcome>()({
  name: 'clients.register-document',
  tenant: 'none',
  access: 'apps',
  repeat: 'idempotent',
  firstCall: 'registerDocument',
  attempts: 3,
  keepMs: ONE_MINUTE_MS,
});
