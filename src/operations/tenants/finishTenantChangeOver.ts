import { Problem } from '../../problem.ts';
import { redisNow, redisTimestamp } from '../../redis/clock.ts';
import { afterChange } from '../../redis/unanswered.ts';
import { mayFinish } from '../../registry/change-over.ts';
import type { Tenant } from '../../registry/tenants.ts';
import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { refuseBusy } from './refuse-busy.ts';

export const finishTenantChangeOver: Operation<'finishTenantChangeOver', 'tenants' | Relaying> = async (
  call,
) => {
  const { path, services } = call;
  const revise = (tenant: Tenant): Tenant => {
    refuseBusy(tenant);
    const { change_over } = tenant;
    if (!change_over || !mayFinish(change_over, redisNow())) throw new Problem('change_over_not_open');
    const { finishing_since = redisTimestamp() } = change_over;
    return { ...tenant, change_over: { ...change_over, finishing_since } };
  };
  // The event is recorded once it is finished, by its job, or by the upkeep if that job is lost.
  const { id, change_over } = await services.tenants.change(path.tenant_id, revise, undefined);
  return afterChange(() => relayed(call, { id, madeBy: change_over!.made_by }, toAnswer));
};

export const toAnswer: RelayedAnswer<'finishTenantChangeOver'> = () => ({ status: 204 });
