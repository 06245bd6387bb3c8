import { NO_CONTENT, type Call, type Endpoint } from '../endpoint.ts';
import { knownJob } from './job-view.ts';

export const getJobErrorsEndpoint: Endpoint = {
  method: 'GET',
  path: '/jobs/{id}/errors',
  scopes: ['create:users', 'read:users'],
  // Three responses, all specified: the errors per user; the job itself while it runs or if it failed as a whole; nothing.
  answer: (call: Call) => {
    call.imports.expire();
    const { errors = [], id, type, status, connection_id, status_details } = knownJob(call);
    if (status !== 'completed')
      return { status: 200, body: { id, type, status, connection_id, status_details } };
    return errors.length > 0 ? { status: 200, body: errors } : NO_CONTENT;
  },
};
