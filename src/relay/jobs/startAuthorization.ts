import type { ClientRegistration } from '../../registry/client-registration.ts';
import type { AppClient, NextApp } from '../../registry/clients.ts';
import type { AppEntry } from './registerApp.ts';
import { relayJob } from '../relay-job.ts';

/** A client id metadata document that passed `registration/metadata-document/`. */
export type RegisterDocumentInput = NewDocument | ChangedDocument;

interface Document {
  address: string;
  metadata: { app: ClientRegistration; hash: string };
}

interface NewDocument extends Document {
  known: undefined;
  /** What it is entered as. */
  entry: AppEntry;
  registrationId: string;
}

interface ChangedDocument extends Document {
  /** As it was registered before. */
  known: AppClient;
  /** What it changes into. */
  next: NextApp;
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
