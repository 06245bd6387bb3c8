import type { ClientRegistration } from '../../registry/client-registration.ts';
import type { AppClient } from '../../registry/clients.ts';
import { relayJob } from '../relay-job.ts';

/** An app's record without the fields that follow from the creation of its client. */
export type AppEntry = Omit<AppClient, 'client_id' | 'created_at' | 'secret_hash'>;

export interface RegisterAppInput {
  /** Stored in the client's metadata, so that a retry finds what an earlier attempt created. */
  registrationId: string;
  /** Validated by `registration/client-metadata.ts`. */
  metadata: ClientRegistration;
  entry: AppEntry;
  /** Users of organizations may sign in to it. */
  forOrganizations?: boolean;
}

export interface RegisterAppOutcome {
  client_id: string;
  client_secret?: string;
  issued_at: number;
  metadata: ClientRegistration;
}

/** The outcome holds a secret that is shown once: it is kept only while its caller waits for it. */
const ONE_MINUTE_MS = 60_000;

export const registerApp = relayJob<RegisterAppInput, RegisterAppOutcome>()({
  name: 'clients.register',
  tenant: 'none',
  access: 'apps',
  repeat: 'checkable',
  firstCall: 'createThirdPartyClient',
  attempts: 3,
  keepMs: ONE_MINUTE_MS,
  shownOnce: true,
  createdId: ({ client_id }) => client_id,
});
