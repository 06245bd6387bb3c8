/** Created users of a tenant that is an organization become its members before their rows have an outcome: a row without one is settled again. */
import type { ManagementFailureKind } from '../../../src/auth0/errors.ts';
import { MEMBERS_PER_CALL } from '../../../src/auth0/management-organizations.ts';
import { fullUserId, rowUserId } from '../../../src/imports/row-outcome.ts';
import type { ImportState } from '../../../src/imports/import-store.ts';
import { onFailure } from '../../failures.ts';
import type { ImportJobContext } from './context.ts';
import { readWithRetries } from './retries.ts';

type Outcomes = Parameters<ImportJobContext['record']>[1];

/** @param context whose `record` stores outcomes */
export async function recordMembers(
  context: ImportJobContext,
  state: ImportState,
  outcomes: Outcomes,
): Promise<void> {
  if (!(await context.users.hasMembers())) return context.record(state, outcomes);
  const isCreated = ([, mark]: Outcomes[number]) => mark === 'c';
  await context.record(
    state,
    outcomes.filter((outcome) => !isCreated(outcome)),
  );
  const created = outcomes.filter(isCreated);
  for (let at = 0; at < created.length; at += MEMBERS_PER_CALL) {
    const some = created.slice(at, at + MEMBERS_PER_CALL);
    const rows = some.map(([row]) => row);
    await join(context, state, rows);
    await context.record(state, some);
  }
}

async function join(context: ImportJobContext, { id }: ImportState, rows: number[]): Promise<void> {
  const add = (some: number[]) => {
    const userIds = some.map((row) => fullUserId(rowUserId(id, row)));
    return readWithRetries(context, () => context.users.addMembers(userIds)).then(
      done,
      onFailure(REFUSALS, ({ kind }) => kind === 'exists' && some.length === 1),
    );
  };
  if (await add(rows)) return;
  // One that is refused, say because it was deleted meanwhile, must not keep the others out.
  for (const row of rows)
    if (!(await add([row])))
      context.log.warn({ import: id, row }, 'the authority refuses an imported user as a member');
}

const done = () => true;
/** `exists`: one is a member already. Whether Auth0 ever says that is not documented. */
const REFUSALS: ManagementFailureKind[] = ['not_found', 'invalid', 'exists'];
