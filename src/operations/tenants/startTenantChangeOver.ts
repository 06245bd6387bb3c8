import { inUtc } from '../../contract/instant.ts';
import { retyped } from '../../events/event.ts';
import { Problem } from '../../problem.ts';
import { changedCall, type Operation } from '../operation.ts';
import { checkInFuture } from '../in-future.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { chooseChangeOver } from './choose-change-over.ts';
import { presentChangeOver, presentPreview } from './present-change-over.ts';
import { refuseBusy } from './refuse-busy.ts';

export const startTenantChangeOver: Operation<
  'startTenantChangeOver',
  'config' | 'tenants' | Relaying
> = async (call) => {
  const { body, path, query, services } = call;
  const tenant = await services.tenants.get(path.tenant_id);
  if (!tenant) throw new Problem('not_found');
  refuseBusy(tenant);
  if (body.ends_at !== undefined) checkInFuture(body.ends_at, '/ends_at');
  const input = {
    id: tenant.id,
    ...chooseChangeOver(tenant, body, services.config),
    endsAt: body.ends_at && inUtc(body.ends_at),
    sharedClients: services.config.WEB_APP_CLIENT_IDS,
  };
  if (!query.dry_run) return relayed(call, input, toAnswer);
  const event = retyped(call.event, 'tenant.change_over_previewed');
  return relayed(changedCall(call, { event }), { ...input, dryRun: true }, toAnswer);
};

export const toAnswer: RelayedAnswer<'startTenantChangeOver'> = ({ id, ...made }) => ({
  status: 200,
  body: 'preview' in made ? presentPreview(id, made.preview) : presentChangeOver(id, made.changeOver),
});
