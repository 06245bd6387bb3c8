import type { Call, Endpoint } from '../endpoint.ts';
import { listAnswer } from '../list-answer.ts';
import { logView } from '../logs/log-view.ts';
import { knownUser } from './known-user.ts';

export const listUserLogsEndpoint: Endpoint = {
  method: 'GET',
  path: '/users/{id}/logs',
  scopes: ['read:logs', 'read:logs_users'],
  answer: (call: Call) => {
    const { user_id: userId } = knownUser(call).profile;
    const events = [...call.store.logs.values()].filter(({ user_id }) => user_id === userId).reverse();
    return listAnswer(events, call.query, {
      name: 'logs',
      idOf: ({ log_id }) => log_id,
      present: logView(call),
      checkpoints: false,
    });
  },
};
