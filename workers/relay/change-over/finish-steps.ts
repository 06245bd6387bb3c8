/** The steps that end a tenant's change-over. Each is idempotent. */
import { Problem } from '../../../src/problem.ts';
import type { Tenant } from '../../../src/registry/tenants.ts';
import type {
  FinishTenantChangeOverInput,
  finishTenantChangeOverSteps,
} from '../../../src/relay/jobs/finishTenantChangeOver.ts';
import type { Step } from '../in-steps.ts';
import type { ManagementContext } from '../performer.ts';
import { readFinishing, revise } from './changing-tenant.ts';
import { addLateMembers } from './members.ts';

/**
 * Nothing of them happens once that change-over is finished.
 * @param endEvent event of the completed change-over, as JSON text: recorded by whoever closes it
 */
export function stepsOfFinishing(
  context: ManagementContext,
  which: FinishTenantChangeOverInput,
  endEvent: string,
): Step<object>[] {
  const steps: Record<(typeof finishTenantChangeOverSteps)[number], () => Promise<unknown>> = {
    members: () => addLateMembers(context, which),
    settings: () => moveSettings(context, which),
    web_app: () => removeWebApps(context, which),
    close: () => close(context, which, endEvent),
  };
  return Object.entries(steps).map(([name, step]) => ({ name, perform: () => step().then(() => ({})) }));
}

/**
 * Of a tenant with a web app of its own, the client has them: without it, they are a user's. Of a tenant that is deleted meanwhile nothing may
 * stay from which a rebuild would restore it; until it is finished, its deletion looks for that user, too.
 */
async function moveSettings(context: ManagementContext, which: FinishTenantChangeOverInput): Promise<void> {
  const { tenant, changeOver } = (await readFinishing(context, which)) ?? {};
  if (!tenant || changeOver?.web_app !== 'shared') return;
  if (tenant.status === 'deleting') throw new Problem('tenant_busy');
  const settings = context.settingsBy(context.management);
  if (!(await settings.save(finished(tenant))))
    throw new Problem('tenant_exists', {
      internal: 'the user that would keep its settings is somebody else',
    });
  const now = await context.tenants.read(which.id);
  if (now && now.status !== 'deleting') return;
  await settings.remove(which.id, tenant.made_by);
  throw new Problem('tenant_busy');
}

async function removeWebApps(context: ManagementContext, which: FinishTenantChangeOverInput): Promise<void> {
  const { management, tenants } = context;
  const { changeOver } = (await readFinishing(context, which)) ?? {};
  if (changeOver?.web_app !== 'shared') return;
  // The authority first: after a crash in between, the registry still has the client.
  for (const { client_id } of await tenants.webAppsOf(which.id)) {
    await management.deleteClient(client_id);
    await tenants.saveWebApp(client_id, undefined);
  }
}

async function close(
  context: ManagementContext,
  { id, madeBy }: FinishTenantChangeOverInput,
  event: string,
): Promise<void> {
  const end = (tenant: Tenant) => (tenant.change_over?.made_by === madeBy ? finished(tenant) : tenant);
  await revise(context, id, end, event);
}

/** The tenant's entry after the last step. */
function finished({ change_over, ...tenant }: Tenant): Tenant {
  if (change_over?.web_app !== 'shared') return tenant;
  const { web_app: _former, ...rest } = tenant;
  return { ...rest, shared_web_app: true };
}
