import { newId } from '../../random-ids.ts';
import type { Job } from '../../store/records.ts';
import { ApiError } from '../api-error.ts';
import { checkBody } from '../body-rules.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { jobView } from './job-view.ts';

export const createVerificationEmailEndpoint: Endpoint = {
  method: 'POST',
  path: '/jobs/verification-email',
  scopes: ['update:users'],
  hasLinks: true,
  logAs: 'Send an email address verification email',
  // Recorded.
  answer: (call: Call) => {
    const { store, mails, settings, body, now } = call;
    const { user_id: userId, client_id: clientId } = checkBody(body, {
      required: ['user_id'],
      properties: {
        user_id: { type: 'string' },
        client_id: { type: 'string' },
        identity: { type: 'object' },
        organization_id: { type: 'string' },
      },
    }) as { user_id: string; client_id?: string };
    // Status specified, wording as elsewhere.
    const user = store.users.get(userId);
    if (!user) throw new ApiError(400, 'The user does not exist.', 'inexistent_user');
    // Recorded as a status.
    if (clientId !== undefined && !store.clients.has(clientId))
      throw new ApiError(400, 'The client does not exist', 'inexistent_client');
    const isSent = settings.mailDelivery === 'works';
    if (isSent) mails.send({ kind: 'verification', to: user.profile.email ?? '' });
    const job: Job = {
      type: 'verification_email',
      status: 'pending',
      created_at: new Date(now()).toISOString(),
      id: newId.job(),
    };
    // Recorded: `failed` where no mail could be sent.
    store.jobs.put({ ...job, status: isSent ? 'completed' : 'failed' });
    return { status: 201, body: jobView(job, call) };
  },
};
