import { newId } from '../../random-ids.ts';
import type { Job } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody, type BodyRules } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { jobView } from './job-view.ts';

/** Specified. */
const NEW_EXPORT: BodyRules = {
  required: [],
  properties: {
    connection_id: { type: 'string', pattern: /^con_[A-Za-z0-9]{16}$/ },
    format: { type: 'string', enum: ['json', 'csv'] },
    limit: { type: 'integer', minimum: 1 },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        members: {
          required: ['name'],
          properties: { name: { type: 'string' }, export_as: { type: 'string' } },
        },
      },
    },
  },
};

export const createUsersExportEndpoint: Endpoint = {
  method: 'POST',
  path: '/jobs/users-exports',
  scopes: ['read:users'],
  logAs: 'Create a job to export users',
  answer: (call: Call) => {
    const { store, body, now } = call;
    const input = checkBody(body, NEW_EXPORT) as Pick<Job, 'connection_id' | 'format' | 'limit' | 'fields'>;
    const connection =
      input.connection_id === undefined ? undefined : store.connections.get(input.connection_id);
    if (input.connection_id !== undefined && !connection)
      throw new ApiError(400, 'The connection does not exist.', 'inexistent_connection');
    const job: Job = {
      type: 'users_export',
      status: 'pending',
      ...input,
      ...(connection && { connection: connection.name }),
      created_at: new Date(now()).toISOString(),
      id: newId.job(),
    };
    // The file is created when it is fetched, so the job is completed on the first poll.
    store.jobs.put({ ...job, status: 'completed' });
    // Recorded: 200.
    return { status: 200, body: jobView(job, call) };
  },
};
