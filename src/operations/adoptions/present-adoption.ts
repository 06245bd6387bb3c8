import type { Adoption } from '../../adoptions/adoption-state.ts';
import type { UserOutcome } from '../../adoptions/adoption-store.ts';
import { isRefusal, refusals } from '../../adoptions/refusals.ts';
import type { components } from '../../contract/generated.ts';

type Shown = Omit<Adoption, 'refused' | 'unpublished' | 'writing' | 'upTo'> & {
  refused: ReadonlyMap<string, number>;
};

export function presentAdoption(adoption: Shown): components['schemas']['UserAdoption'] {
  const { refused, endedAt } = adoption;
  const reasons = [...refused].flatMap(([code, users]) =>
    isRefusal(code) ? [{ code, message: refusals[code], users }] : [],
  );
  return {
    id: adoption.id,
    tenant_id: adoption.tenantId,
    dry_run: adoption.dryRun,
    state: endedAt === undefined ? 'running' : 'ended',
    found: adoption.found,
    adopted: adoption.adopted,
    already: adoption.already,
    refused: reasons.reduce((sum, { users }) => sum + users, 0),
    refusals: reasons,
    expected_calls: adoption.expectedCalls,
    expected_minutes: adoption.expectedMinutes,
    created_at: adoption.createdAt,
    ended_at: endedAt,
    continue_from: adoption.continueFrom,
  };
}

export function presentAdoptedUser({ userId, outcome }: UserOutcome): components['schemas']['AdoptedUser'] {
  if (!isRefusal(outcome)) return { user_id: userId, outcome };
  return { user_id: userId, outcome: 'refused', code: outcome, message: refusals[outcome] };
}
