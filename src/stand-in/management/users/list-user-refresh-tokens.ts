import type { Call, Endpoint } from '../endpoint.ts';
import { checkpointList } from '../list-answer.ts';
import { knownUser } from './known-user.ts';
import { publicId, refreshTokenView, signInsOf } from './sign-ins.ts';

export const listUserRefreshTokensEndpoint: Endpoint = {
  method: 'GET',
  path: '/users/{id}/refresh-tokens',
  scopes: ['read:refresh_tokens'],
  answer: (call: Call) =>
    checkpointList(signInsOf(call, knownUser(call).profile.user_id, 'RefreshToken'), call.query, {
      name: 'tokens',
      idOf: publicId,
      present: refreshTokenView(call),
      // Recorded: `next` even on the last page, and a total on request.
      isTokens: true,
    }),
};
