import { checkBody } from '../body-rules.ts';
import type { Answer, Call, Endpoint } from '../endpoint.ts';
import { knownUser } from './known-user.ts';
import { endSignIns } from './sign-ins.ts';

/** Recorded: 202 with an empty object. Auth0 processes it later, the stand-in immediately. */
const ACCEPTED: Answer = { status: 202, body: {} };

export const deleteUserRefreshTokensEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/users/{id}/refresh-tokens',
  scopes: ['delete:refresh_tokens'],
  logAs: 'Delete refresh tokens of a user',
  answer: (call: Call) => {
    endSignIns(call, knownUser(call).profile.user_id, 'RefreshToken');
    return ACCEPTED;
  },
};

export const deleteUserSessionsEndpoint: Endpoint = {
  method: 'DELETE',
  path: '/users/{id}/sessions',
  scopes: ['delete:sessions'],
  logAs: 'Delete sessions of a user',
  answer: (call: Call) => {
    endSignIns(call, knownUser(call).profile.user_id, 'Session');
    return ACCEPTED;
  },
};

/** Specified; individual sessions cannot be selected here, all end. */
export const revokeUserAccessEndpoint: Endpoint = {
  method: 'POST',
  path: '/users/{id}/revoke-access',
  scopes: ['delete:sessions', 'delete:refresh_tokens'],
  logAs: 'Revoke the access of a user',
  answer: (call: Call) => {
    const { preserve_refresh_tokens: keepsTokens } = checkBody(call.body, {
      required: [],
      properties: {
        session_id: { type: 'string', maxLength: 50 },
        preserve_refresh_tokens: { type: 'boolean' },
      },
    });
    const { user_id: userId } = knownUser(call).profile;
    endSignIns(call, userId, 'Session');
    if (keepsTokens !== true) endSignIns(call, userId, 'RefreshToken');
    return ACCEPTED;
  },
};
