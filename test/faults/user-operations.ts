/**
 * Every operation on a user that changes something, each with what it leaves at the authority: run once without any fault, that is
 * what it must leave with each fault, too.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { managementOf } from '../support/authority.ts';
import { basic } from '../support/callers.ts';
import type { OwnDeployment } from '../support/own-deployment.ts';

const USER = '/api/v2/users/{id}';

/** `call`: the one at the authority that changes something. */
export const userOperations = {
  createUser: { method: 'POST', below: '', body: { name: 'Created' }, call: ['POST', '/api/v2/users'] },
  updateUser: {
    method: 'PATCH',
    below: '',
    body: { name: 'Changed', blocked: true },
    call: ['PATCH', USER],
  },
  deleteUser: { method: 'DELETE', below: '', body: undefined, call: ['DELETE', USER] },
  replaceUserRoles: { method: 'PUT', below: '/roles', body: { roles: ['admin'] }, call: ['PATCH', USER] },
  endUserSessions: {
    method: 'DELETE',
    below: '/sessions',
    body: undefined,
    call: ['POST', '/api/v2/users/{id}/revoke-access'],
  },
  createPasswordReset: {
    method: 'POST',
    below: '/password-reset',
    body: {},
    call: ['POST', '/api/v2/tickets/password-change'],
  },
  sendVerificationEmail: {
    method: 'POST',
    below: '/verification-email',
    body: undefined,
    call: ['POST', '/api/v2/jobs/verification-email'],
  },
} as const;
export type UserOperationId = keyof typeof userOperations;
export const userOperationIds = Object.keys(userOperations) as UserOperationId[];

/** Never made a second time: whether the first went out cannot be known. */
export const sendsOnce = (id: UserOperationId): boolean =>
  id === 'createPasswordReset' || id === 'sendVerificationEmail';

export interface Submitted {
  id: UserOperationId;
  jobId: string;
  jobPath: string;
  email: string;
}

export interface Ending {
  status: string;
  /** Of the answer, or the problem's code. */
  answer: number | string;
  /** The users with that email, as the authority has them, but for their ids. */
  users: object[];
}

export function userOperationsOf(deployment: OwnDeployment) {
  const { api, control, tenants } = deployment;
  const { client_id, client_secret } = tenants[0]!.api_key;
  const authorization = basic(client_id, client_secret);
  const call = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(api + path, {
      method,
      headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get('location'),
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  const sdk = managementOf(deployment);

  return {
    /** The user that the operation is about; none yet for one that creates it. */
    async prepare(id: UserOperationId): Promise<{ email: string; path: string }> {
      const email = `${id.toLowerCase()}-${randomUUID()}@acme.example`;
      if (id === 'createUser') return { email, path: '/v1/users' };
      const { location } = await call('POST', '/v1/users', { email, name: 'As before' });
      return { email, path: location! };
    },

    async submit(id: UserOperationId, { email, path }: { email: string; path: string }): Promise<Submitted> {
      const { method, below, body } = userOperations[id];
      const sent = id === 'createUser' ? { email, ...body } : body;
      const { status, location } = await call(method, path + below, sent, { prefer: 'respond-async' });
      if (status !== 202) throw new Error(`${id} was answered ${status}`);
      return { id, jobPath: location!, jobId: location!.split('/').at(-1)!, email };
    },

    /** Asks, also through times in which nobody answers, until the job has ended. */
    async ending({ jobPath, email }: Submitted): Promise<Ending> {
      for (;;) {
        const { status, body } = await call('GET', jobPath).catch(() => ({ status: 0, body: undefined }));
        if (status === 200 && !['queued', 'running'].includes(body.status)) {
          const found = await sdk.users.listUsersByEmail({ email });
          const users = found.map(({ name, blocked, app_metadata }) => ({ name, blocked, app_metadata }));
          return { status: body.status, answer: body.answer?.status ?? body.problem?.code, users };
        }
        await delay(25);
      }
    },

    /** Mails and links that went out since the calls were last forgotten. */
    async sent(): Promise<number> {
      const calls = await control.calls();
      const done = (path: string) => calls[`POST /api/v2/${path}`]?.['201'] ?? 0;
      return done('jobs/verification-email') + done('tickets/password-change');
    },

    async refusals(): Promise<number> {
      const calls = await control.calls();
      return Object.values(calls).reduce((sum, statuses) => sum + (statuses['429'] ?? 0), 0);
    },
  };
}
