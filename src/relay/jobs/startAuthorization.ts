import type { ClientRegistration } from '../../registry/client-registration.ts';
import type { AppClient, NextApp } from '../../registry/clients.ts';
import type { AppEntry } from './registerApp.ts';
import { relayJob } from '../relay-job.ts';

/** A client id metadata document that passed `registration/metadata-document/`. */
export type RegisterDocumentInput = NewDocument | ChangedDocument;

interface Document {
  address: string;
  metadata: { app: ClientRegistration; hash: string };
  /** Users of organizations may sign in to it. */
  forOrganizations?: boolean;
}

interface NewDocument extends Document {
  known: undefined;
  /** Its record in the registry. */
  entry: AppEntry;
  registrationId: string;
}

interface ChangedDocument extends Document {
  /** As registered before. */
  known: AppClient;
  /** As registered afterwards. */
  next: NextApp;
}

export interface RegisterDocumentOutcome {
  client_id: string;
}

const ONE_MINUTE_MS = 60_000;

/** Auth0 identifies documents by URL: registering one twice results in one client. */
export const startAuthorization = relayJob<RegisterDocumentInput, RegisterDocumentOutcome>()({
  name: 'clients.register-document',
  tenant: 'none',
  access: 'apps',
  repeat: 'idempotent',
  firstCall: 'registerDocument',
  attempts: 3,
  keepMs: ONE_MINUTE_MS,
});
