import { TEN_MINUTES_MS } from '../relay-job.ts';
import type { RelayJob } from '../relay-job.ts';
import type { CreateApiKeyInput, NewApiKeyOutcome } from './createApiKey.ts';

export interface RotateApiKeyInput extends Pick<
  CreateApiKeyInput,
  'tenantId' | 'keyId' | 'createdBy' | 'expiresAt' | 'limit'
> {
  /** Of the key that is replaced. */
  clientId: string;
  overlapSeconds: number;
}

export const rotateApiKey: RelayJob<RotateApiKeyInput, NewApiKeyOutcome> = {
  name: 'api-keys.rotate',
  operationId: 'rotateApiKey',
  repeat: 'checkable',
  firstCall: 'other',
  attempts: 3,
  keepMs: TEN_MINUTES_MS,
  shownOnce: true,
};
