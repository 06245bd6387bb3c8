/** Users and clients that exist at the authority before they are a tenant's, and their adoption. */
import { randomUUID } from 'node:crypto';
import { management } from './authority.ts';
import { operator } from './callers.ts';
import { call, type Answer } from './client.ts';
import { endedJob } from './hung-jobs.ts';

/** The database that tenants share. */
export const SHARED = 'users';

export interface ExistingUsers {
  /** Of all of them, in a search. */
  query: string;
  ids: string[];
}

/** Users whom nobody has adopted. @param more members of each */
export async function existingUsers(count: number, more: object = {}): Promise<ExistingUsers> {
  const sdk = await management();
  const domain = `d${randomUUID().replaceAll('-', '')}.example`;
  const ids: string[] = [];
  for (let at = 0; at < count; at += TOGETHER) {
    const some = Array.from({ length: Math.min(TOGETHER, count - at) }, (_, index) => at + index);
    const made = await Promise.all(
      some.map((index) =>
        sdk.users.create({
          connection: SHARED,
          email: `u${index}@${domain}`,
          password: `A-good-Passw0rd-${index}`,
          ...more,
        }),
      ),
    );
    ids.push(...made.map(({ user_id }) => user_id!));
  }
  return { query: `email:*@${domain}`, ids };
}

const TOGETHER = 25;

export const adopt = async (tenantId: string, body: object, query = ''): Promise<Answer> =>
  call('POST', `/v1/tenants/${tenantId}/user-adoptions${query}`, {
    as: await operator(),
    body,
    headers: { prefer: 'wait=60' },
  });

/** @returns the path of its job */
export async function beginAdoption(tenantId: string, body: object): Promise<string> {
  const headers = { prefer: 'respond-async' };
  const answer = await call('POST', `/v1/tenants/${tenantId}/user-adoptions`, {
    as: await operator(),
    body,
    headers,
  });
  if (answer.status !== 202) throw new Error(`not accepted: ${JSON.stringify(answer.body)}`);
  return answer.headers.get('location')!;
}

/** @returns what its job answered, or its problem */
export async function endOf(job: string): Promise<Record<string, unknown>> {
  const { answer, problem } = (await endedJob(job)) as {
    answer?: { body: Record<string, unknown> };
    problem?: Record<string, unknown>;
  };
  return answer?.body ?? problem ?? {};
}

export interface ReportedUser {
  user_id: string;
  outcome: string;
  code?: string;
}

export async function reportOf(tenantId: string, adoptionId: string): Promise<ReportedUser[]> {
  const all: ReportedUser[] = [];
  let path: string | undefined = `/v1/tenants/${tenantId}/user-adoptions/${adoptionId}/users?limit=1000`;
  while (path !== undefined) {
    const answer: Answer = await call('GET', path, { as: await operator() });
    if (answer.status !== 200) throw new Error(`no report: ${JSON.stringify(answer.body)}`);
    all.push(...(answer.body.users as ReportedUser[]));
    path = /<([^>]+)>/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return all;
}

/** As the authority has it. */
export async function metadataOf(userId: string): Promise<Record<string, unknown>> {
  const { app_metadata = {} } = await (await management()).users.get(userId);
  return app_metadata;
}
