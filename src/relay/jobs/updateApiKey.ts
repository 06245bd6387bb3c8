import type { ApiKeyUse } from '../../registry/api-keys.ts';
import type { ApiKeyClient } from '../../registry/clients.ts';
import { A_DAY_MS, relayJob } from '../relay-job.ts';

export interface UpdateApiKeyInput {
  clientId: string;
  changedBy: { kind: 'user' | 'tenant'; id: string };
  /** Left out, here and below: it stays. */
  name?: string;
  /** All that the key has afterwards. */
  scopes?: string[];
  /** Those of `scopes` that the requester holds, and may add. */
  held: string[];
}

/** Changes the entry in the registry, and the client and its grant at Auth0. */
export const updateApiKey = relayJob<UpdateApiKeyInput, ApiKeyClient & ApiKeyUse>()({
  name: 'api-keys.update',
  tenant: 'active',
  access: 'api-keys',
  repeat: 'idempotent',
  firstCall: 'listClientGrants',
  attempts: 5,
  keepMs: A_DAY_MS,
});
