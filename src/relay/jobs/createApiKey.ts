import type { ApiKeyClient } from '../../registry/clients.ts';
import { TEN_MINUTES_MS, relayJob } from '../relay-job.ts';

export interface CreateApiKeyInput {
  /** Stored in the client's metadata, so that a retry finds what an earlier attempt created. */
  keyId: string;
  /** Left out: the operator. */
  createdBy?: { kind: 'user' | 'tenant'; id: string };
  name: string;
  scopes: string[];
  /** ISO 8601. */
  expiresAt?: string;
  allowedAddresses?: string[];
  /** Most keys of the tenant; left out: unlimited. */
  limit?: number;
  /** For a successor: the key that it replaces, and when that one expires, ISO 8601. */
  replaces?: { clientId: string; retiresAt: string };
}

export interface NewApiKeyOutcome {
  key: ApiKeyClient;
  client_secret: string;
}

export const createApiKey = relayJob<CreateApiKeyInput, NewApiKeyOutcome>()({
  name: 'api-keys.create',
  tenant: 'active',
  access: 'api-keys',
  repeat: 'checkable',
  firstCall: 'createMachineClient',
  attempts: 3,
  keepMs: TEN_MINUTES_MS,
  shownOnce: true,
  createdId: ({ key }) => key.client_id,
});
