import type { Call, Endpoint } from '../endpoint.ts';
import { checkpointList } from '../list-answer.ts';
import { knownUser } from './known-user.ts';
import { publicId, sessionView, signInsOf } from './sign-ins.ts';

export const listUserSessionsEndpoint: Endpoint = {
  method: 'GET',
  path: '/users/{id}/sessions',
  scopes: ['read:sessions'],
  answer: (call: Call) =>
    checkpointList(signInsOf(call, knownUser(call).profile.user_id, 'Session'), call.query, {
      name: 'sessions',
      idOf: publicId,
      present: sessionView,
    }),
};
