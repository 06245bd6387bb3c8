import { TEN_MINUTES_MS, relayJob } from '../relay-job.ts';
import type { CreateApiKeyInput, NewApiKeyOutcome } from './createApiKey.ts';

export interface RotateApiKeyInput extends Pick<
  CreateApiKeyInput,
  'keyId' | 'createdBy' | 'expiresAt' | 'limit'
> {
  /** Client id of the key that is replaced. */
  clientId: string;
  overlapSeconds: number;
  /** Scopes of that key at the request, which the requester holds: it gets no successor with more. Left out by earlier releases. */
  held?: string[];
}

export const rotateApiKey = relayJob<RotateApiKeyInput, NewApiKeyOutcome>()({
  name: 'api-keys.rotate',
  tenant: 'active',
  access: 'api-keys',
  repeat: 'checkable',
  firstCall: 'createMachineClient',
  attempts: 3,
  keepMs: TEN_MINUTES_MS,
  shownOnce: true,
});
