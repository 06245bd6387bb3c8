import type { AdoptionStore, UserOutcome } from '../../src/adoptions/adoption-store.ts';
import { sizeOf, type Adoption } from '../../src/adoptions/adoption-state.ts';
import { MEMBERS_PER_CALL } from '../../src/auth0/management-organizations.ts';
import { Problem } from '../../src/problem.ts';
import { redisTimestamp } from '../../src/redis/clock.ts';
import type { AdoptUsersInput, AdoptUsersOutcome } from '../../src/relay/jobs/adoptUsers.ts';
import { toRetriable } from '../failures.ts';
import { adoptBatch, adoptingTenant, takeBackIfDeleted } from './adopt-batch.ts';
import { expectationOf } from './expect-adoption.ts';
import { countByQuery, usersById, usersByQuery, type Found } from './found-users.ts';
import { judge } from './judge-adoption.ts';
import type { ManagementContext, Performer } from './performer.ts';
import { createRecorder, publishEvents, type RecordAdoptions } from './record-adoptions.ts';

/** What is done is stored with each batch, so a retry goes on from there, in this job or in another one. */
export const adoptUsers: Performer<'adoptUsers'> = async (context, input, { jobId, event }) => {
  const { adoptions } = context;
  try {
    const adoption = await adoptions.open(jobId, input);
    const record = createRecorder(context, jobId, input, event);
    await publishEvents(context, adoption);
    if (adoption.endedAt === undefined) await adopt(context, input, adoption, record);
    return toOutcome(await read(adoptions, jobId));
  } catch (error) {
    throw toRetriable(error);
  }
};

async function adopt(
  context: ManagementContext,
  input: AdoptUsersInput,
  begun: Adoption,
  record: RecordAdoptions,
): Promise<void> {
  const { adoptions } = context;
  const { id, writing } = begun;
  // Also when the tenant is gone by now.
  if (writing.length > 0) await finishWriting(context, input, begun, record);
  await adoptingTenant(context, input.tenantId);
  if (begun.found === undefined) await adoptions.note(id, { found: String(await count(context, input)) });

  let left = input.maxUsers - sizeOf(await read(adoptions, id));
  let batch: Found[] = [];
  const flush = async () => {
    if (batch.length > 0) await record(await outcomesOf(context, id, input, batch));
    batch = [];
  };
  for await (const one of usersOf(context, input, begun, flush)) {
    const [known] = await adoptions.outcomesOf(id, [one.userId]);
    if (known !== null || batch.some(({ userId }) => userId === one.userId)) continue;
    if (left === 0) {
      await flush();
      return end(context, input, id, one.user?.created_at);
    }
    left -= 1;
    if (batch.push(one) === MEMBERS_PER_CALL) await flush();
  }
  await flush();
  await end(context, input, id);
}

/** Users whose outcome an earlier attempt has not stored. */
async function finishWriting(
  context: ManagementContext,
  input: AdoptUsersInput,
  { id, writing }: Adoption,
  record: RecordAdoptions,
): Promise<void> {
  await takeBackIfDeleted(context, input.tenantId, writing);
  const again = writing.map((userId) => ({ userId, user: undefined }));
  await record(await adoptBatch(context, id, input, again, true));
}

async function* usersOf(
  { adoptions, bulk }: ManagementContext,
  { query, userIds = [], createdFrom, dryRun }: AdoptUsersInput,
  { id, upTo = createdFrom }: Adoption,
  flush: () => Promise<void>,
): AsyncGenerator<Found> {
  if (query === undefined) yield* usersById(bulk, userIds, dryRun);
  else
    yield* usersByQuery(bulk, query, upTo, async (reached) => {
      await flush();
      await adoptions.note(id, { up_to: reached });
    });
}

/** The first call is the job's own: it has a slot already. */
const count = ({ management }: ManagementContext, { query, userIds, createdFrom }: AdoptUsersInput) =>
  query === undefined ? (userIds?.length ?? 0) : countByQuery(management, query, createdFrom);

async function outcomesOf(
  context: ManagementContext,
  id: string,
  input: AdoptUsersInput,
  batch: readonly Found[],
): Promise<UserOutcome[]> {
  if (!input.dryRun) return adoptBatch(context, id, input, batch);
  const tenant = await adoptingTenant(context, input.tenantId);
  return batch.map(({ userId, user }) => {
    const verdict = user ? judge(tenant, user, input) : 'unknown_user';
    return { userId, outcome: verdict === 'adopt' ? 'adopted' : verdict };
  });
}

async function end(
  context: ManagementContext,
  input: AdoptUsersInput,
  id: string,
  continueFrom?: string,
): Promise<void> {
  const { adoptions, plan, tenants } = context;
  const joins = (await tenants.read(input.tenantId))?.organization !== undefined;
  await adoptions.note(id, {
    ...(input.dryRun && expectationOf(plan, input, await read(adoptions, id), joins)),
    ...(continueFrom !== undefined && { continue_from: continueFrom }),
    ended_at: redisTimestamp(),
  });
}

async function read(adoptions: AdoptionStore, id: string): Promise<Adoption> {
  const adoption = await adoptions.read(id);
  // Its record has expired: nothing is known of what was done.
  if (!adoption) throw new Problem('not_found');
  return adoption;
}

function toOutcome(adoption: Adoption): AdoptUsersOutcome {
  const { refused, unpublished: _events, writing: _writing, upTo: _upTo, ...rest } = adoption;
  return { ...rest, refused: [...refused] };
}
