import { newId } from '../../random-ids.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { knownUser } from './known-user.ts';

export const regenerateRecoveryCodeEndpoint: Endpoint = {
  method: 'POST',
  path: '/users/{id}/recovery-code-regeneration',
  scopes: ['update:users'],
  logAs: 'Generate a new multi-factor authentication recovery code',
  // Recorded in form. Never used at sign-in: the stand-in has no MFA.
  answer: (call: Call) => {
    knownUser(call);
    return { status: 200, body: { recovery_code: newId.recoveryCode() } };
  },
};
