import { Problem } from '../../problem.ts';
import { checkNewApiKey } from '../api-keys/check-new-api-key.ts';
import type { Operation } from '../operation.ts';
import { relayed, type Relaying, type RelayedAnswer } from '../relayed.ts';
import { checkWebApp } from './check-web-app.ts';
import { chooseTenancy } from './choose-tenancy.ts';
import { presentCreatedTenant } from './present-created-tenant.ts';

export const createTenant: Operation<'createTenant', 'config' | 'tenants' | Relaying> = async (call) => {
  const { body, services } = call;
  const { id, name, admin, api_key, max_limits, allowed_roles, default_app_access } = body;
  const webApp = body.web_app && checkWebApp(body.web_app, '/web_app');
  const tenancy = chooseTenancy(body, services.config);
  const scopes = api_key?.scopes ?? [...services.contract.scopes];
  checkKey(() => checkNewApiKey(services.contract, { scopes }));
  return relayed(
    call,
    {
      id,
      name,
      ...tenancy,
      consoleClient: services.config.CONSOLE_CLIENT_ID,
      webApp,
      admin,
      apiKey: {
        name: api_key?.name ?? 'First key',
        scopes,
        areDefault: api_key?.scopes === undefined ? true : undefined,
      },
      defaults: services.tenants.defaults,
      maxLimits: max_limits,
      defaultAppAccess: default_app_access,
      allowedRoles: allowed_roles,
    },
    toAnswer,
  );
};

/** Applies the rules for any API key, with pointers into this body. */
function checkKey(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const errors = (error.parts.errors ?? []).map((one) => ({ ...one, pointer: `/api_key${one.pointer}` }));
    throw Problem.of(error.code, { ...error.parts, errors });
  }
}

export const toAnswer: RelayedAnswer<'createTenant'> = (made) => ({
  status: 201,
  body: presentCreatedTenant(made),
  headers: { Location: `/v1/tenants/${made.tenant.id}`, 'Cache-Control': 'no-store' },
});
