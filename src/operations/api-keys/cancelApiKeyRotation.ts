import type { Operation } from '../operation.ts';
import { endRotation } from './end-rotation.ts';
import { presentApiKey } from './present-api-key.ts';

export const cancelApiKeyRotation: Operation<'cancelApiKeyRotation', 'apiKeys'> = async (call) => ({
  status: 200,
  body: presentApiKey(await endRotation(call, 'old')),
});
