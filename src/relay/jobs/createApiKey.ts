import type { ApiKeyClient } from '../../registry/clients.ts';
import { TEN_MINUTES_MS, relayJob } from '../relay-job.ts';

export interface CreateApiKeyInput {
  /** Written into the client, so that a repeat finds what an earlier try made. */
  keyId: string;
  /** Left out: the operator. */
  createdBy?: { kind: 'user' | 'tenant'; id: string };
  name: string;
  scopes: string[];
  /** ISO 8601. */
  expiresAt?: string;
  allowedAddresses?: string[];
  /** How many keys the tenant may have; left out: as many as it likes. */
  limit?: number;
  /** Of a successor: the key that it replaces, and when that one ends, ISO 8601. */
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
  madeId: ({ key }) => key.client_id,
});
