import { ApiError } from '../api-error.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { logView } from './log-view.ts';

export const getLogEndpoint: Endpoint = {
  method: 'GET',
  path: '/logs/{id}',
  scopes: ['read:logs', 'read:logs_users'],
  answer: (call: Call) => {
    const event = call.store.logs.get(call.params['id'] ?? '');
    // Status specified, wording guessed.
    if (!event) throw new ApiError(404, 'The log event does not exist', 'inexistent_log');
    return { status: 200, body: logView(call)(event) };
  },
};
