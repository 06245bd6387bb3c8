/** The steps that make a tenant, and how each is undone. Everything that is made carries the job's id, by which it is found again. */
import { ManagementFailure } from '../../src/auth0/errors.ts';
import { Problem } from '../../src/problem.ts';
import { entryOf } from '../../src/registry/api-keys.ts';
import type { ApiKeyClient, SpaClient } from '../../src/registry/clients.ts';
import type { Tenant } from '../../src/registry/tenants.ts';
import type { CreateTenantInput, createTenantSteps } from '../../src/relay/jobs/createTenant.ts';
import type { Step } from './in-steps.ts';
import { makeApiKey, removeEarlier } from './make-api-key.ts';
import { ownConnectionName } from './own-connection.ts';
import type { ManagementContext } from './performer.ts';
import { findWebAppsMadeBy, makeConnection, makeWebApp, removeConnectionMadeBy } from './tenant-parts.ts';
import { redisNow, redisTimestamp } from '../../src/redis/clock.ts';

/** What the steps hand on to each other. */
export interface TenantParts {
  connection?: { id: string; name: string; isOwn: boolean };
  webApp?: SpaClient;
  adminId?: string;
  key?: ApiKeyClient;
  client_secret?: string;
  ticket?: { passwordUrl: string; expiresAt: string };
  tenant?: Tenant;
}

interface Provisioning {
  jobId: string;
  /** Of the tenant. */
  id: string;
}

type StepName = (typeof createTenantSteps)[number];

/** Auth0's own default for an address at which a password is set: five days. */
const TICKET_SECONDS = 432_000;
const ROLE = 'admin';

/** @param input undefined: they are only to be undone */
export function stepsOfTenant(
  context: ManagementContext,
  making: Provisioning,
  input: CreateTenantInput | undefined,
): Step<TenantParts>[] {
  const { management, tenants } = context;
  const { jobId, id } = making;
  const users = context.usersOf(management, id);
  const wanted = () => {
    if (!input) throw new Error('a making that is only to be undone');
    return input;
  };
  const readOwn = async () => {
    const stored = await tenants.readStored(id);
    return stored?.tenant.made_by === jobId ? stored : undefined;
  };

  const steps: Record<StepName, Omit<Step<TenantParts>, 'name'>> = {
    reserve_id: {
      async perform() {
        if (await readOwn()) return {};
        const reserved = await tenants.change(id, '', reservation(wanted(), jobId));
        if (reserved !== 'done' && !(await readOwn())) throw new Problem('tenant_exists');
        return {};
      },
      async undo() {
        for (let own = await readOwn(); own; own = await readOwn())
          if ((await tenants.change(id, own.text, undefined, { keepId: true })) === 'done') return;
      },
    },
    connection: {
      perform: async () => ({ connection: await makeConnection(management, making, wanted().connection) }),
      undo: () => removeConnectionMadeBy(management, making),
    },
    web_app: {
      async perform({ connection }, again) {
        const own = await readOwn();
        if (!own) throw new Problem('tenant_exists');
        const tenant = opened(own.tenant, connection!);
        return { webApp: await makeWebApp(management, making, wanted(), tenant, again) };
      },
      async undo() {
        for (const { client_id } of await findWebAppsMadeBy(management, jobId)) {
          await tenants.saveWebApp(client_id, undefined);
          await management.deleteClient(client_id);
        }
      },
    },
    sign_in: {
      async perform({ connection, webApp }) {
        await management.enableClient(connection!.id, webApp!.client_id);
        return {};
      },
    },
    admin: {
      async perform({ connection }) {
        const { email, name } = wanted().admin;
        const user = await users.create({
          connection: connection!.name,
          id: adminIdOf(jobId),
          user: { email, roles: [ROLE], ...(name === undefined ? {} : { name }) },
        });
        if (user === 'exists') throw new Problem('user_exists');
        return { adminId: user.user_id };
      },
      async undo() {
        const userId = `auth0|${adminIdOf(jobId)}`;
        const own = await users.get(userId).catch(noneIfUnknown);
        if (own) await management.deleteUser(userId);
      },
    },
    api_key: {
      perform: (_made, again) =>
        makeApiKey(
          context,
          { tenantId: id, keyId: jobId, ...wanted().apiKey },
          { mayBeDone: again },
          async (key) => void (await context.changeKeys(id, [entryOf(key)])),
        ),
      undo: () => removeEarlier(context, jobId),
    },
    // Another one does no harm: nothing is sent, and only the last one is told.
    password_ticket: {
      async perform({ adminId }) {
        const expiresAt = new Date(redisNow() + TICKET_SECONDS * 1000).toISOString();
        const passwordUrl = await management.createPasswordTicket(adminId!, TICKET_SECONDS);
        return { ticket: { passwordUrl, expiresAt } };
      },
    },
    open: {
      async perform({ connection, webApp }) {
        await tenants.saveWebApp(webApp!.client_id, webApp);
        for (;;) {
          const own = await readOwn();
          if (!own) throw new Problem('tenant_exists');
          const tenant: Tenant = { ...opened(own.tenant, connection!), web_app: webApp!.client_id };
          // Somebody may have suspended it since an earlier try opened it.
          if (own.tenant.status !== 'creating') return { tenant: own.tenant };
          if ((await tenants.change(id, own.text, tenant)) === 'done') return { tenant };
        }
      },
    },
  };
  return Object.entries(steps).map(([name, step]) => ({ name, ...step }));
}

/** Holds the id, and lets nobody in. */
function reservation(input: CreateTenantInput, jobId: string): Tenant {
  const { id, name, maxLimits, allowedRoles, defaultAppAccess } = input;
  return {
    id,
    name,
    status: 'creating',
    connection: input.connection ?? ownConnectionName(id),
    ...(maxLimits ? { max_limits: maxLimits } : {}),
    ...(allowedRoles ? { allowed_roles: allowedRoles, assignable_roles: allowedRoles } : {}),
    ...(defaultAppAccess ? { default_app_access: defaultAppAccess } : {}),
    created_at: redisTimestamp(),
    made_by: jobId,
  };
}

/** As it is once the last step is done. */
function opened(tenant: Tenant, { name, isOwn }: NonNullable<TenantParts['connection']>): Tenant {
  return {
    ...tenant,
    status: 'active',
    connection: name,
    ...(isOwn ? { owns_connection: true as const } : {}),
  };
}

/** Without the connection's prefix: the same at every try. */
const adminIdOf = (jobId: string): string => jobId.replaceAll('-', '');

function noneIfUnknown(error: unknown): undefined {
  if (error instanceof Problem && error.code === 'not_found') return undefined;
  if (error instanceof ManagementFailure && error.kind === 'not_found') return undefined;
  throw error;
}
