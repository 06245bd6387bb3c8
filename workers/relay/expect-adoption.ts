/** What an adoption takes, for its dry run. */
import type { Adoption } from '../../src/adoptions/adoption-state.ts';
import { MEMBERS_PER_CALL } from '../../src/auth0/management-organizations.ts';
import { rateOf, type Plan } from '../../src/plans.ts';
import type { AdoptUsersInput } from '../../src/relay/jobs/adoptUsers.ts';
import { PER_PAGE } from './search-users.ts';

/** A read and a write for each, besides the search; members by ten. @param joins whether the tenant is an organization */
export function expectationOf(
  plan: Plan,
  { query }: Pick<AdoptUsersInput, 'query'>,
  { adopted, found = 0 }: Adoption,
  joins: boolean,
) {
  const searches = query === undefined ? 0 : 1 + Math.ceil(found / PER_PAGE);
  const members = joins ? Math.ceil(adopted / MEMBERS_PER_CALL) : 0;
  const seconds = Math.max(
    (searches + adopted) / rateOf(plan, 'users_read'),
    adopted / rateOf(plan, 'users_write'),
    members / rateOf(plan, 'organization_members_write'),
  );
  return {
    expected_calls: String(searches + 2 * adopted + members),
    expected_minutes: String(Math.ceil(seconds / 60)),
  };
}
