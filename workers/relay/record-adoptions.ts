/** Records outcomes of an adoption, with an event for each adopted user, if the operator wants them. */
import type { UserOutcome } from '../../src/adoptions/adoption-store.ts';
import type { Adoption } from '../../src/adoptions/adoption-state.ts';
import { idOf, successText, type EventDraft } from '../../src/events/event.ts';
import type { AdoptUsersInput } from '../../src/relay/jobs/adoptUsers.ts';
import type { ManagementContext } from './performer.ts';

type Context = Pick<ManagementContext, 'adoptions' | 'handOver'>;

export type RecordAdoptions = (outcomes: readonly UserOutcome[]) => Promise<void>;

/** @param draft event of the adoption */
export function createRecorder(
  context: Context,
  id: string,
  { tenantId, dryRun, userEvents }: AdoptUsersInput,
  draft: EventDraft | undefined,
): RecordAdoptions {
  const { adoptions } = context;
  const principal = draft?.principal ?? { kind: 'system' };
  const eventOf = ({ userId, outcome }: UserOutcome): string =>
    userEvents && !dryRun && outcome === 'adopted'
      ? successText({
          type: 'user.adopted',
          tenant_id: tenantId,
          principal,
          operation: 'adoptUsers',
          target: userId,
          status: 200,
        })
      : '';
  return async (outcomes) => {
    await adoptions.record(id, outcomes, eventOf);
    const recorded = userEvents ? await adoptions.read(id) : undefined;
    if (recorded) await publishEvents(context, recorded);
  };
}

/** Also those that an earlier attempt did not come to. */
export async function publishEvents(
  { adoptions, handOver }: Context,
  { id, unpublished }: Adoption,
): Promise<void> {
  for (const text of unpublished) await handOver(text, () => adoptions.removeEvent(id, idOf(text)));
}
