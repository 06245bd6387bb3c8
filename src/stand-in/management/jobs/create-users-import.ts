import { newId } from '../../random-ids.ts';
import type { Job } from '../../store/records.ts';
import { ApiError, invalidBody } from '../api-error.ts';
import type { Call, Endpoint, FormParts } from '../endpoint.ts';
import { jobView } from './job-view.ts';

/** Auth0 docs, "Bulk user imports". */
const FILE_BYTES_MAX = 512_000;
const ACTIVE_MAX = 2;

export const createUsersImportEndpoint: Endpoint = {
  method: 'POST',
  path: '/jobs/users-imports',
  scopes: ['create:users'],
  form: { bytesMax: FILE_BYTES_MAX },
  logAs: 'Create a job to import users',
  answer: (call: Call) => {
    const { store, body, now, imports } = call;
    const form = body as FormParts;
    for (const name of ['users', 'connection_id'])
      if (form[name] === undefined) throw invalidBody(`Missing required property: ${name}`);
    const connection = store.connections.get(form['connection_id'] ?? '');
    // Status specified, wording guessed.
    if (!connection) throw new ApiError(400, 'The connection does not exist.', 'inexistent_connection');
    imports.expire();
    if (imports.active().length >= ACTIVE_MAX)
      // Quoted in an older version of Auth0's documentation.
      throw new ApiError(
        429,
        `There are ${ACTIVE_MAX} active import users jobs, please wait until some of them are finished and try again`,
      );
    const job: Job = {
      type: 'users_import',
      status: 'pending',
      connection_id: connection.id,
      ...(form['external_id'] ? { external_id: form['external_id'] } : {}),
      connection: connection.name,
      created_at: new Date(now()).toISOString(),
      id: newId.job(),
    };
    imports.start(job, form['users'] ?? '', isTrue(form, 'upsert'));
    isTrue(form, 'send_completion_email');
    return { status: 202, body: jobView(job, call) };
  },
};

function isTrue(form: FormParts, name: string): boolean {
  const value = form[name] ?? 'false';
  if (value !== 'true' && value !== 'false')
    throw invalidBody('Expected type boolean but found type string', name);
  return value === 'true';
}
