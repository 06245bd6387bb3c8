import { inUtc } from '../../contract/instant.ts';
import { retyped } from '../../events/event.ts';
import { changedCall, type Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { adoptingTenant } from './adopting-tenant.ts';
import { checkAllowed } from './check-allowed.ts';
import { presentAdoption } from './present-adoption.ts';

export const adoptUsers: Operation<'adoptUsers', 'tenants' | Relaying> = async (call) => {
  const { body, path, query, services } = call;
  const tenant = await adoptingTenant(services, path.tenant_id);
  const { roles = [], max_users = MAX_USERS, created_from } = body;
  checkAllowed(tenant, services.contract.roles, roles);
  const dryRun = query.dry_run ?? false;
  const input = {
    tenantId: tenant.id,
    query: body.query,
    userIds: body.user_ids,
    createdFrom: created_from === undefined ? undefined : inUtc(created_from),
    maxUsers: max_users,
    roles: [...roles],
    replaceRoles: body.replace_roles ?? false,
    userEvents: body.user_events ?? false,
    dryRun,
  };
  if (!dryRun) return relayed(call, input, toAnswer);
  const event = retyped(call.event, 'tenant.adoption_previewed');
  return relayed(changedCall(call, { event }), input, toAnswer);
};

const MAX_USERS = 100_000;

export const toAnswer: RelayedAnswer<'adoptUsers'> = ({ refused, ...adoption }) => ({
  status: 200,
  body: presentAdoption({ ...adoption, refused: new Map(refused) }),
});
