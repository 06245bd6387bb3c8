import type { RelayJob } from '../relay-job.ts';

/** Client metadata that passed `registration/client-metadata.ts`. */
export interface AppMetadata {
  client_name: string;
  redirect_uris: string[];
  token_endpoint_auth_method: 'none' | 'client_secret_post' | 'client_secret_basic';
  application_type: 'web' | 'native';
  scope: string;
  client_uri?: string;
  logo_uri?: string;
  tos_uri?: string;
  policy_uri?: string;
  contacts?: string[];
  software_id?: string;
  software_version?: string;
}

export interface RegisterAppInput {
  /** Written into the client, so that a repeat finds what an earlier try made. */
  registrationId: string;
  metadata: AppMetadata;
}

export interface RegisterAppOutcome {
  client_id: string;
  client_secret?: string;
  issued_at: number;
  metadata: AppMetadata;
}

/** The outcome holds a secret that is shown once: it is kept only as long as somebody waits for it. */
const ONE_MINUTE_MS = 60_000;

export const registerApp: RelayJob<RegisterAppInput, RegisterAppOutcome> = {
  name: 'clients.register',
  operationId: 'registerApp',
  repeat: 'checkable',
  attempts: 3,
  keepMs: ONE_MINUTE_MS,
  shownOnce: true,
  madeId: ({ client_id }) => client_id,
};
