import type { Call, Endpoint } from '../endpoint.ts';
import { jobView, knownJob } from './job-view.ts';

export const getJobEndpoint: Endpoint = {
  method: 'GET',
  path: '/jobs/{id}',
  scopes: ['create:users', 'read:users'],
  answer: (call: Call) => {
    call.imports.expire();
    return { status: 200, body: jobView(knownJob(call), call) };
  },
};
